/** The classic faults as data: what the path is, and what a measurement must say of it. */

import type { MeasureOptions } from '../../src/config/options.ts';
import type { Behaviour, FindingCode, Verdict } from '../../src/contract.ts';
import type { Link, Network } from './network/network.ts';

/** `1400` is exact, `>=1400` a lower bound. */
type Expected = readonly [pathMtu: number | `>=${number}` | null, behaviour: Behaviour];

export interface Case {
  readonly name: string;
  readonly network: Network;
  readonly options?: Partial<MeasureOptions>;
  readonly forward: Expected;
  readonly reverse: Expected;
  readonly verdict: Verdict;
  readonly findings?: readonly FindingCode[];
  readonly masked?: 'forward' | 'reverse' | 'both';
  /** MTU that the client's kernel remembers afterwards; unset is nothing. */
  readonly learnt?: number;
}

export const told = (mtu: number): Link => ({ mtu });
export const silent = (mtu: number): Link => ({ mtu, silent: true });
const both = (...links: readonly Link[]): Pick<Network, 'forward' | 'reverse'> => ({
  forward: links,
  reverse: [...links].reverse(),
});

const ANY_FAMILY: readonly Case[] = [
  { name: 'all 1500', network: {}, forward: [1500, 'clear'], reverse: [1500, 'clear'], verdict: 'clear' },
  {
    name: 'inner bridge tells, the way back is silent: Docker-in-Docker under flannel',
    network: { forward: [told(1450)], reverse: [silent(1450)] },
    forward: [1450, 'signalled'],
    reverse: [1450, 'silent'],
    verdict: 'black-hole',
    findings: ['black-hole-reverse', 'reduced'],
  },
  {
    name: 'the same with the Packet Too Big delivered',
    network: both(told(1450)),
    forward: [1450, 'signalled'],
    reverse: [1450, 'signalled'],
    verdict: 'reduced',
    learnt: 1450,
  },
  {
    name: 'the same with the inner interface at 1450',
    network: { interface: 1450, ...both(silent(1450)) },
    forward: [1450, 'clear'],
    reverse: [1450, 'clear'],
    verdict: 'clear',
  },
  {
    name: 'the same with an MSS clamp',
    network: { clamp: 1450, forward: [told(1450)], reverse: [silent(1450)] },
    forward: [1450, 'clamped'],
    reverse: ['>=1450', 'clamped'],
    verdict: 'clamped',
    findings: ['clamped', 'peer-may-have-learnt'],
  },
  {
    name: 'told 1400 both ways',
    network: both(told(1400)),
    forward: [1400, 'signalled'],
    reverse: [1400, 'signalled'],
    verdict: 'reduced',
    findings: ['reduced'],
    learnt: 1400,
  },
  {
    name: 'silent on the way there only',
    network: { forward: [silent(1400)], reverse: [told(1400)] },
    forward: [1400, 'silent'],
    reverse: [1400, 'signalled'],
    verdict: 'black-hole',
    findings: ['black-hole-forward'],
  },
  {
    name: 'silent both ways',
    network: both(silent(1400)),
    forward: [1400, 'silent'],
    reverse: [1400, 'silent'],
    verdict: 'black-hole',
    findings: ['black-hole-forward', 'black-hole-reverse'],
  },
  {
    name: 'silent on the way back, nothing on the way there',
    network: { reverse: [silent(1400)] },
    forward: [1500, 'clear'],
    reverse: [1400, 'silent'],
    verdict: 'black-hole',
  },
  {
    name: 'silent on the way there, nothing on the way back',
    network: { forward: [silent(1400)] },
    forward: [1400, 'silent'],
    reverse: [1500, 'clear'],
    verdict: 'black-hole',
  },
  {
    name: 'an honest 1400 hides a silent 1300',
    network: { forward: [told(1400), silent(1300)], reverse: [told(1400), silent(1300)] },
    forward: [1300, 'silent'],
    reverse: [1300, 'silent'],
    verdict: 'black-hole',
  },
  {
    name: 'a silent 1400 before an honest 1300, on the way there',
    network: { forward: [silent(1400), told(1300)] },
    forward: [1300, 'silent'],
    reverse: [1500, 'clear'],
    verdict: 'black-hole',
    learnt: 1300,
  },
  {
    name: 'a silent 1400 before an honest 1300, on the way back',
    network: { reverse: [silent(1400), told(1300)] },
    forward: [1500, 'clear'],
    reverse: [1300, 'silent'],
    verdict: 'black-hole',
  },
  {
    name: 'an honest 1400 before a silent 1300, on the way there',
    network: { forward: [told(1400), silent(1300)] },
    forward: [1300, 'silent'],
    reverse: [1500, 'clear'],
    verdict: 'black-hole',
    learnt: 1400,
  },
  {
    name: 'an honest 1400 before a silent 1300, on the way back',
    network: { reverse: [told(1400), silent(1300)] },
    forward: [1500, 'clear'],
    reverse: [1300, 'silent'],
    verdict: 'black-hole',
  },
  {
    name: 'jumbo interfaces over an ordinary segment',
    network: { interface: 9000, server: { mtu: 9000 }, ...both(silent(1500)) },
    forward: [1500, 'silent'],
    reverse: [1500, 'silent'],
    verdict: 'black-hole',
  },
  {
    name: 'no answer to any ping, nothing else wrong',
    network: { echoLimit: 0 },
    forward: [1500, 'clear'],
    reverse: [1500, 'clear'],
    verdict: 'clear',
  },
  {
    name: 'large pings are dropped, nothing else',
    network: { echoLimit: 1280 },
    forward: [1500, 'clear'],
    reverse: [1500, 'clear'],
    verdict: 'clear',
  },
  {
    name: "the client's own link is the narrowest",
    network: { interface: 1400, ...both(told(1400)) },
    forward: [1400, 'clear'],
    reverse: [1400, 'clear'],
    verdict: 'clear',
  },
  {
    name: 'a black hole that heals by itself',
    network: { ...both(silent(1400)), server: { discoversItself: true } },
    options: { waitRecoveryMs: 15_000, directions: ['reverse'] },
    forward: [null, 'unknown'],
    reverse: [1400, 'delayed'],
    verdict: 'delayed',
    findings: ['delayed-reverse'],
  },
  {
    name: 'a size to search above the hole does not take the control along',
    network: { reverse: [silent(1400)] },
    options: { minMtu: 1450, method: 'tcp' },
    forward: ['>=1450', 'unknown'],
    reverse: [null, 'silent'],
    verdict: 'black-hole',
  },
  {
    name: 'no larger size is asked for than the interface has',
    network: {},
    options: { maxMtu: 9000 },
    forward: [1500, 'clear'],
    reverse: [1500, 'clear'],
    verdict: 'clear',
  },
  {
    name: 'a server that has learnt meanwhile shows nothing of whether the hole heals',
    network: { forward: [silent(1400)], reverse: [told(1400)] },
    options: { waitRecoveryMs: 10_000 },
    forward: [1400, 'silent'],
    reverse: [1400, 'signalled'],
    verdict: 'black-hole',
  },
  {
    name: 'a server that thinks for two seconds',
    network: { server: { thinkMs: 2000 } },
    forward: [1500, 'clear'],
    reverse: [1500, 'clear'],
    verdict: 'clear',
  },
  {
    name: 'a short TLS flight: the page is asked for',
    network: { server: { flight: 1300 } },
    forward: [1500, 'clear'],
    reverse: [1500, 'clear'],
    verdict: 'clear',
  },
  {
    name: 'a closed port',
    network: { server: { port: 'closed' } },
    options: { method: 'tcp' },
    forward: [null, 'unknown'],
    reverse: [null, 'unknown'],
    verdict: 'inconclusive',
    findings: ['port-closed'],
  },
  {
    name: 'nothing answers',
    network: { server: { port: 'silent' } },
    forward: [null, 'unknown'],
    reverse: [null, 'unknown'],
    verdict: 'unreachable',
  },
  {
    name: 'TCP alone: nothing goes forward that could hide the reverse black hole',
    network: { tcpLimit: 1300 },
    options: { method: 'tcp' },
    forward: ['>=1300', 'unknown'],
    reverse: [1300, 'silent'],
    verdict: 'black-hole',
    findings: ['forward-withheld'],
  },
  {
    name: 'a route with an MTU of its own',
    network: { routeMtu: 1400 },
    options: { method: 'tcp' },
    forward: ['>=1400', 'local-limit'],
    reverse: ['>=1400', 'clamped'],
    verdict: 'reduced',
    findings: ['local-limit'],
  },
  {
    name: 'a peer without SACK',
    network: { ...both(silent(1400)), server: { sack: false } },
    forward: [1400, 'silent'],
    reverse: [1400, 'silent'],
    verdict: 'black-hole',
  },
  {
    name: 'one probe at a time',
    network: both(silent(1400)),
    options: { gentle: true },
    forward: [1400, 'silent'],
    reverse: [1400, 'silent'],
    verdict: 'black-hole',
  },
  {
    name: 'a stale path MTU, nobody may look past it',
    network: { cachedPathMtu: 1400, engine: null },
    forward: ['>=1400', 'unknown'],
    reverse: ['>=1400', 'unknown'],
    verdict: 'inconclusive',
    masked: 'both',
    findings: ['masked'],
    learnt: 1400,
  },
  {
    name: 'without raw sockets: the reverse black hole is not hidden by looking forward',
    network: { engine: 'icmp-ping', forward: [told(1450)], reverse: [silent(1450)] },
    forward: ['>=1450', 'unknown'],
    reverse: [1450, 'silent'],
    verdict: 'black-hole',
    findings: ['black-hole-reverse', 'forward-withheld'],
  },
];

const IPV4_ONLY: readonly Case[] = [
  {
    name: 'echo is dropped nearby: something else is heard, and leaves no trace',
    network: { dropsNearby: 'echo', forward: [told(1450)], reverse: [silent(1450)] },
    forward: [1450, 'signalled'],
    reverse: [1450, 'silent'],
    verdict: 'black-hole',
    findings: ['reduced'],
  },
  {
    name: 'all datagrams are dropped nearby: their silence is no leave to send what would be told',
    network: { dropsNearby: 'both', forward: [told(1450)], reverse: [silent(1450)] },
    forward: ['>=1450', 'unknown'],
    reverse: [1450, 'silent'],
    verdict: 'black-hole',
    findings: ['forward-withheld'],
  },
  {
    name: 'a router that names no MTU in front of a silent 1300',
    network: { forward: [{ mtu: 1400, names: 0 }, silent(1300)] },
    options: { method: 'icmp', directions: ['forward'] },
    forward: ['>=1300', 'silent'],
    reverse: [null, 'unknown'],
    verdict: 'inconclusive',
  },
  {
    name: 'a short TLS flight and a short page',
    network: { server: { flight: 1300, page: 200 } },
    forward: [1500, 'clear'],
    reverse: ['>=1352', 'not-exercised'],
    verdict: 'inconclusive',
    findings: ['not-exercised'],
  },
  {
    name: 'silent 1124: below what IPv6 needs',
    network: both(silent(1124)),
    forward: [1124, 'silent'],
    reverse: [1124, 'silent'],
    verdict: 'black-hole',
  },
  {
    name: 'a stale path MTU, an echo looks past it one way',
    network: { cachedPathMtu: 1400 },
    forward: [1500, 'clear'],
    reverse: ['>=1400', 'unknown'],
    verdict: 'inconclusive',
    masked: 'reverse',
    findings: ['masked'],
    learnt: 1400,
  },
  {
    name: 'Packet Too Big that names no MTU',
    network: both({ mtu: 1400, names: 0 }),
    forward: [1400, 'signalled'],
    reverse: ['>=589', 'signalled'],
    verdict: 'reduced',
    findings: ['ptb-without-mtu'],
    learnt: 552,
  },
  {
    name: 'silent by echo alone',
    network: both(silent(1400)),
    options: { method: 'icmp', directions: ['forward'] },
    forward: ['>=1400', 'silent'],
    reverse: [null, 'unknown'],
    verdict: 'inconclusive',
    findings: ['icmp-policed'],
  },
  {
    name: 'large TCP vanishes, large pings arrive',
    network: { tcpLimit: 1300 },
    forward: [1300, 'silent'],
    reverse: [1300, 'silent'],
    verdict: 'black-hole',
    findings: ['tcp-only'],
  },
];

const IPV6_ONLY: readonly Case[] = [
  {
    name: 'UDP is dropped nearby: nothing that would be told is sent while reverse is searched',
    network: { dropsNearby: 'udp', forward: [told(1450)], reverse: [silent(1450)] },
    forward: ['>=1450', 'unknown'],
    reverse: [1450, 'silent'],
    verdict: 'black-hole',
    findings: ['forward-withheld'],
  },
];

const inFamily =
  (family: 4 | 6) =>
  (entry: Case): Case => ({
    ...entry,
    name: `IPv${family}: ${entry.name}`,
    network: { ...entry.network, family },
  });

export const CASES: readonly Case[] = [
  ...ANY_FAMILY.map(inFamily(4)),
  ...IPV4_ONLY.map(inFamily(4)),
  ...ANY_FAMILY.map(inFamily(6)),
  ...IPV6_ONLY.map(inFamily(6)),
];
