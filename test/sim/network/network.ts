/**
 * A path as data, and what it does to one packet.
 *
 *   client ──link──▶ link ──▶ … ──▶ server        forward
 *   client ◀── … ◀── link ◀──link── server        reverse, with links of its own
 */

import type { DirectionName, Family } from '../../../src/contract.ts';
import type { VirtualClock } from './virtual-clock.ts';

export interface Link {
  readonly mtu: number;
  /** Its router's Packet Too Big never reaches the sender. */
  readonly silent?: boolean;
  /** Next-hop MTU that the router names, where it does not tell the truth. */
  readonly names?: number;
}

export type PortState = 'open' | 'closed' | 'silent';

export interface Server {
  readonly port?: PortState;
  /** Where the ports of a bare host differ. */
  readonly ports?: Readonly<Record<number, PortState>>;
  /** Bytes of the TLS handshake flight. */
  readonly flight?: number;
  /** Bytes of the page. */
  readonly page?: number;
  readonly thinkMs?: number;
  readonly mtu?: number;
  readonly sack?: boolean;
  /** One worker takes this long per connection, and serves one after the other. */
  readonly workerMs?: number;
  /** Connections that may wait for it; further SYNs are dropped. */
  readonly backlog?: number;
  /** Tries smaller packets by itself (RFC 4821). */
  readonly discoversItself?: boolean;
}

export interface Network {
  readonly family?: Family;
  /** MTU of the client's interface. */
  readonly interface?: number;
  readonly forward?: readonly Link[];
  readonly reverse?: readonly Link[];
  /** A second way for about half of all TCP connections; everything else takes the first. */
  readonly forwardTwin?: readonly Link[];
  readonly reverseTwin?: readonly Link[];
  /** Every connection draws its way anew, whatever its port. */
  readonly waysByChance?: boolean;
  readonly rttMs?: number;
  /** Share of packets lost, each way. */
  readonly loss?: number;
  readonly seed?: number;
  /** Packet size that a middlebox writes into every SYN. */
  readonly clamp?: number;
  /** Path MTU that the client remembers. */
  readonly cachedPathMtu?: number;
  readonly routeMtu?: number;
  /** Echo requests larger than this are dropped; 0 drops all. */
  readonly echoLimit?: number;
  /** A firewall beside the client drops these: what they would have met on the way is never heard of. */
  readonly dropsNearby?: 'echo' | 'udp' | 'both';
  /** The best engine that this process may use. */
  readonly engine?: 'icmp-raw' | 'icmp-ping' | null;
  /** Largest UDP packet that the server's QUIC or DNS answers; 0 where it has neither, unset where it takes all. */
  readonly udpLimit?: number;
  /** Larger TCP packets vanish, other ones pass. */
  readonly tcpLimit?: number;
  /** The target is a responder, to be measured over UDP. */
  readonly responder?: boolean;
  readonly server?: Server;
}

export type Fate =
  | { readonly kind: 'arrives'; readonly at: number }
  | { readonly kind: 'told'; readonly at: number; readonly nextHopMtu: number; readonly from: string }
  | { readonly kind: 'expired'; readonly at: number; readonly from: string }
  | { readonly kind: 'lost' };

export class Carrier {
  readonly network: Network;
  readonly family: Family;
  readonly clock: VirtualClock;
  readonly rttMs: number;
  /** Path MTUs that the two hosts learnt from a Packet Too Big. */
  readonly learnt: { client: number | null; server: number | null };
  #random: number;
  /** When the server's only worker has served all that wait for it. */
  #workerFreeAt = 0;

  constructor(network: Network, clock: VirtualClock) {
    this.network = network;
    this.family = network.family ?? 4;
    this.clock = clock;
    this.rttMs = network.rttMs ?? 2;
    this.learnt = { client: network.cachedPathMtu ?? null, server: null };
    this.#random = network.seed ?? 1;
  }

  /** What becomes of one packet that leaves its sender now. A router that would forward it the `hops`th time does not. */
  carry(direction: DirectionName, size: number, hops = 64, flow: number | null = null): Fate {
    const { clock, network, rttMs } = this;
    const links = this.#links(direction, flow);
    const narrow = links.findIndex(({ mtu }) => size > mtu);
    if (this.#draws(network.loss ?? 0)) return { kind: 'lost' };
    if (hops <= links.length && (narrow < 0 || narrow >= hops - 1)) {
      return { kind: 'expired', at: clock.now() + (rttMs * hops) / (links.length + 1), from: `hop-${hops}` };
    }
    if (narrow < 0) return { kind: 'arrives', at: clock.now() + rttMs / 2 };
    const { mtu, silent, names } = links[narrow] as Link;
    if (silent === true) return { kind: 'lost' };
    const share = (narrow + 1) / (links.length + 1);
    return { kind: 'told', at: clock.now() + rttMs * share, nextHopMtu: names ?? mtu, from: `hop-${narrow + 1}` };
  }

  #links(direction: DirectionName, flow: number | null): readonly Link[] {
    const { forward = [], reverse = [], forwardTwin = forward, reverseTwin = reverse, seed = 1 } = this.network;
    // Knuth's multiplicative hash: a router's way of choosing, as far as anybody outside can tell.
    const isTwin = flow !== null && Math.imul(flow ^ (seed * 7919), 2654435761) < 0;
    if (direction === 'forward') return isTwin ? forwardTwin : forward;
    return isTwin ? reverseTwin : reverse;
  }

  /** Takes a place in the server's queue. @returns false when it is full. */
  admit(): boolean {
    const { workerMs, backlog } = this.network.server ?? {};
    if (workerMs === undefined) return true;
    const now = this.clock.now();
    const waiting = Math.max(0, this.#workerFreeAt - now) / workerMs;
    if (waiting > (backlog ?? Infinity)) return false;
    this.#workerFreeAt = Math.max(now, this.#workerFreeAt) + workerMs;
    return true;
  }

  /** How long until the worker has served all that wait for it. */
  get queueMs(): number {
    return Math.max(0, this.#workerFreeAt - this.clock.now());
  }

  /** Remembers what a host was told. @returns what it makes of it. */
  learn(host: 'client' | 'server', nextHopMtu: number): number {
    // Linux, `ip_rt_update_pmtu`: no number, or an absurd one, means 552 (net.ipv4.route.min_pmtu).
    const mtu = nextHopMtu < 68 ? 552 : nextHopMtu;
    this.learnt[host] = Math.min(this.learnt[host] ?? mtu, mtu);
    return mtu;
  }

  #draws(share: number): boolean {
    if (share === 0) return false;
    // Numerical Recipes' linear congruential generator; the upper bits are good enough for losses.
    this.#random = (Math.imul(this.#random, 1664525) + 1013904223) >>> 0;
    return this.#random / 2 ** 32 < share;
  }
}
