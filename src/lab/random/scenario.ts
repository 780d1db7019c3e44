/**
 * A random network as the lab builds it: a chain of routers for each direction.
 *
 * ```
 *                ┌── f0 ── F2 ── f1 ── F3 … ──┐
 * C ── 10.0.1 ── A                            Z ── 10.0.3 ── S
 *                └── … ── R2 ── r0 ───────────┘
 * ```
 * Router A is the first of the forward chain, Z of the reverse one. Each also routes back along its chain what it says
 * to the sender of a packet that is too large.
 */

import { BEHAVIOURS, type Family, VERDICTS } from '../../contract.ts';
import type { PacketRule } from '../packet-rule.ts';
import type { Expectation, Scenario } from '../scenario.ts';
import { LINEAR, SERVER_NAME, towards } from '../scenarios/linear-scenario.ts';
import { HTTP, HTTPS, PROMPT } from '../service.ts';
import { end, veth } from '../topologies/link.ts';
import { EMPTY_TOPOLOGY, type Link, type Route, type Topology } from '../topology.ts';
import type { RandomLink, RandomNetwork } from './network.ts';

const CLIENT_NET = { 4: '10.0.1.0/24', 6: 'fd00:1::/64' } as const;
const SERVER_NET = { 4: '10.0.3.0/24', 6: 'fd00:3::/64' } as const;
const ETHERNET = 1500;
/** One slow worker: RSA-4096 takes about as long on a small machine (measured). */
const BUSY_MS = 20;
const SMALL_BACKLOG = 5;

/** A round trip of 300 ms, five packets in a hundred lost and a server that thinks for seconds take their time. */
const TIMEOUT_S = 40;

/** Everything may be said: the truth is told by a walk over the links, and compared elsewhere. */
const ANYTHING: Expectation = {
  verdict: VERDICTS,
  exitCode: [0, 1, 3],
  forward: { behaviour: BEHAVIOURS },
  reverse: { behaviour: BEHAVIOURS },
};

export function randomScenario(network: RandomNetwork): Scenario {
  const { seed, family, certificate, thinkMs, smallBacklog } = network;
  const pace = { ...PROMPT, beforeTlsMs: thinkMs, busyMs: smallBacklog ? BUSY_MS : 0 };
  const backlog = smallBacklog ? SMALL_BACKLOG : HTTPS.backlog;
  const services = [
    { ...HTTPS, certificate, pace, backlog },
    { ...HTTP, backlog },
  ];
  return {
    ...LINEAR,
    name: `random-${seed}`,
    title: `a network that nobody drew, from seed ${seed}`,
    topology: topologyOf(network),
    servers: [{ host: 'S', software: 'node', services }],
    families: { [family]: towards(SERVER_NAME, ANYTHING, '--timeout', `${TIMEOUT_S}`) },
  };
}

interface Chain {
  /** Its routers in the order of the way, both ends included. */
  readonly routers: readonly string[];
  readonly links: readonly RandomLink[];
  /** Third part of the IPv4 networks of its links, second of the IPv6 ones. */
  readonly number: 1 | 2;
  readonly letter: 'f' | 'r';
  /** Where it leads, and where it comes from. */
  readonly to: Readonly<Record<Family, string>>;
  readonly from: Readonly<Record<Family, string>>;
}

function topologyOf(network: RandomNetwork): Topology {
  const { client, server, family, rttMs, seed } = network;
  const forward = chain('f', 1, ['A', 'Z'], network.forward, SERVER_NET, CLIENT_NET);
  const reverse = chain('r', 2, ['Z', 'A'], network.reverse, CLIENT_NET, SERVER_NET);
  const widest = Math.max(client, server, ETHERNET);
  const [near, far] = [
    end('Z:z0', ['10.0.3.1/24', 'fd00:3::1/64'], widest),
    end('S:s0', ['10.0.3.2/24', 'fd00:3::2/64'], widest),
  ];
  const delay = { delayMs: rttMs / 2, lossPercent: 0 };
  const access: Link =
    rttMs === 0 ? veth(near, far) : { kind: 'relay', ends: [near, far], impairments: [delay, delay], seed };
  return {
    ...EMPTY_TOPOLOGY,
    hosts: ['C', 'S', ...new Set([...forward.routers, ...reverse.routers])],
    links: [
      veth(end('C:c0', ['10.0.1.2/24', 'fd00:1::2/64'], client), end('A:a0', ['10.0.1.1/24', 'fd00:1::1/64'], client)),
      ...linksOf(forward, family),
      ...linksOf(reverse, family),
      access,
    ],
    routes: [
      { host: 'C', to: 'default', via: '10.0.1.1' },
      { host: 'C', to: 'default', via: 'fd00:1::1' },
      // A server that takes less than its link: its own packets and what its SYN-ACK offers follow the route.
      ...['10.0.3.1', 'fd00:3::1'].map((via) => ({
        host: 'S',
        to: 'default',
        via,
        ...(server < widest ? { mtu: server } : {}),
      })),
      ...routesOf(forward, family),
      ...routesOf(reverse, family),
    ],
    rules: rulesOf(network, forward, reverse),
  };
}

function chain(
  letter: Chain['letter'],
  number: Chain['number'],
  [first, last]: readonly [string, string],
  links: readonly RandomLink[],
  to: Chain['to'],
  from: Chain['from'],
): Chain {
  const between = links.slice(1).map((_, index) => `${letter.toUpperCase()}${index + 2}`);
  return { routers: [first, ...between, last], links, number, letter, to, from };
}

function address({ number }: Chain, link: number, side: 1 | 2, family: Family): string {
  return family === 4 ? `10.${number}.${link}.${side}` : `fd0${number}:${link}::${side}`;
}

/**
 * Interfaces are named after their link: `f0a` at its beginning, `f0b` at its end. One family only: a link below 1280
 * has no IPv6.
 */
function linksOf(chain: Chain, family: Family): Link[] {
  const { links, routers, letter } = chain;
  const addresses = (link: number, side: 1 | 2): string[] => [
    `${address(chain, link, side, family)}${family === 4 ? '/30' : '/64'}`,
  ];
  return links.map(({ mtu }, link) =>
    veth(
      end(`${routers[link]}:${letter}${link}a`, addresses(link, 1), mtu),
      end(`${routers[link + 1]}:${letter}${link}b`, addresses(link, 2), mtu),
    ),
  );
}

function routesOf(chain: Chain, family: Family): Route[] {
  const { links, routers, to, from } = chain;
  return links.flatMap((_, link) => [
    { host: routers[link] as string, to: to[family], via: address(chain, link, 2, family) },
    // The router at the end of the chain has its own way back.
    ...(link + 1 < links.length
      ? [{ host: routers[link + 1] as string, to: from[family], via: address(chain, link, 1, family) }]
      : []),
  ]);
}

function rulesOf(network: RandomNetwork, ...chains: readonly Chain[]): PacketRule[] {
  const { clamp, family, echoLimit, lossPercent } = network;
  // Each router is in front of one link that may be too narrow.
  const mute = chains.flatMap(({ links, routers }) =>
    links.flatMap(({ silent }, link): PacketRule[] =>
      silent ? [{ kind: 'ptb-mute', host: routers[link] as string }] : [],
    ),
  );
  return [
    ...mute,
    ...(clamp === null ? [] : [{ kind: 'mss-clamp', host: 'A', mss: clamp - (family === 4 ? 40 : 60) } as const]),
    ...(echoLimit === null ? [] : [{ kind: 'echo-limit', host: 'Z', above: echoLimit } as const]),
    ...(lossPercent === 0
      ? []
      : ([
          { kind: 'loss', host: 'A', arrivingOn: 'a0', percent: lossPercent },
          { kind: 'loss', host: 'Z', arrivingOn: 'z0', percent: lossPercent },
        ] as const)),
  ];
}
