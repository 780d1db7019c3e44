/**
 * A network that nobody drew: the same seed always gives the same one.
 *
 * ```
 *          ┌─ forward: router ── link ── router ── link … ─┐
 * client ──┤                                               ├── server
 *          └─ … link ── router ── link ── router :reverse ─┘
 * ```
 * The two directions have routers and links of their own. A router speaks or is silent about what its next link is too
 * narrow for.
 */

import type { Family } from '../../contract.ts';
import { Dice } from './dice.ts';

export interface RandomLink {
  readonly mtu: number;
  /** The router in front of it drops what is too large and tells nobody. */
  readonly silent: boolean;
}

export interface RandomNetwork {
  readonly seed: number;
  readonly family: Family;
  /** MTU of the client's interface. */
  readonly client: number;
  /** MTU of the server's interface. */
  readonly server: number;
  /** From the client's first router on. */
  readonly forward: readonly RandomLink[];
  /** From the server's first router on. */
  readonly reverse: readonly RandomLink[];
  /** Packet size that a router writes into every SYN as MSS; `null` where none does. */
  readonly clamp: number | null;
  /** Largest echo request that is let through: 0 drops all, `null` none. */
  readonly echoLimit: number | null;
  /** Of packets of any size, each way. */
  readonly lossPercent: number;
  readonly rttMs: number;
  readonly certificate: 'rsa' | 'ecdsa';
  /** How long the server thinks before it says anything. */
  readonly thinkMs: number;
  /** The server has one slow worker, and room for five more connections. */
  readonly smallBacklog: boolean;
}

/**
 * Path MTUs of real networks: RFC 894 (1500), RFC 2516 (1492), RFC 4213 (1480), RFC 2784 (1476), Google Cloud (1460),
 * PPPoE with L2TP as in NTT FLET'S (1454), RFC 7348 (1450), Geneve with OVN (1442), WireGuard (1440, 1420), Azure and
 * nested overlays (1400), IPsec (1390, 1380), Docker in overlays of overlays (1350), VPN clients (1300), RFC 8200 (1280).
 */
const MTUS = [1500, 1492, 1480, 1476, 1460, 1454, 1450, 1442, 1440, 1420, 1400, 1390, 1380, 1350, 1300, 1280];
/** Met over IPv4 only: below what IPv6 asks of a link (RFC 8200 §5). RFC 1191 §7 and field reports. */
const SMALL_MTUS = [1200, 1124, 1006];
/** TLS 1.3 flights: an ECDSA chain of two certificates fits one packet, an RSA chain fills more than two. */
export const FLIGHT_BYTES = { ecdsa: 1200, rsa: 3500 } as const;
const ETHERNET = 1500;
const JUMBO = 9000;
const MOST_HOPS = 8;

export function randomNetwork(seed: number): RandomNetwork {
  const dice = new Dice(seed);
  const family = dice.chance(0.5) ? 4 : 6;
  const jumbo = dice.chance(0.06);
  const client = jumbo ? JUMBO : dice.chance(0.15) ? dice.pick(MTUS) : ETHERNET;
  const server = jumbo && dice.chance(0.7) ? JUMBO : dice.chance(0.05) ? dice.pick(MTUS) : ETHERNET;
  const forward = links(dice, family, Math.max(client, ETHERNET));
  return {
    seed,
    family,
    client,
    server,
    forward,
    reverse: dice.chance(0.5) ? mirrored(dice, forward) : links(dice, family, Math.max(server, ETHERNET)),
    clamp: dice.chance(0.1) ? dice.pick(MTUS) : null,
    echoLimit: dice.chance(0.7) ? null : dice.chance(0.5) ? 0 : dice.between(200, ETHERNET),
    lossPercent: dice.chance(0.6) ? 0 : dice.between(1, 5),
    rttMs: dice.chance(0.3) ? 0 : dice.between(1, 300),
    certificate: dice.chance(0.2) ? 'ecdsa' : 'rsa',
    thinkMs: dice.chance(0.1) ? dice.between(100, 2500) : 0,
    smallBacklog: dice.chance(0.1),
  };
}

function links(dice: Dice, family: Family, widest: number): RandomLink[] {
  return Array.from({ length: dice.between(1, MOST_HOPS) }, () => ({
    mtu: mtu(dice, family, widest),
    silent: dice.chance(0.5),
  }));
}

/** The same links the other way round, and other routers in front of them: what most of the Internet looks like. */
function mirrored(dice: Dice, links: readonly RandomLink[]): RandomLink[] {
  return links.map(({ mtu }) => ({ mtu, silent: dice.chance(0.5) })).reverse();
}

/** Most links are as wide as their neighbours; some anything at all. */
function mtu(dice: Dice, family: Family, widest: number): number {
  if (dice.chance(0.8)) return dice.chance(0.5) ? widest : ETHERNET;
  if (dice.chance(0.2)) return dice.between(family === 4 ? 1000 : 1280, ETHERNET);
  return dice.pick(family === 4 && dice.chance(0.15) ? SMALL_MTUS : MTUS);
}
