/**
 * An attacker between the two routers, who sees every packet and adds to them, on a path that carries everything and
 * on paths with black holes.
 *
 * What is right to say there? An answer that the network gave is true of the network, attacker included: TCP that
 * believes a forged Packet Too Big does send smaller segments, so `reduced` is true of what TCP does, and no receiver
 * could know better. A forgery that does not fit must change nothing. Where nothing is certain, `inconclusive` is.
 */

import type { DirectionName, Family, Verdict } from '../../contract.ts';
import type { Bounds } from '../bounds.ts';
import type { Quote, Subject } from '../mischief/forge.ts';
import type { Attack, Mischief } from '../mischief/mischief.ts';
import type { PacketRule } from '../packet-rule.ts';
import type { Scenario } from '../scenario.ts';
import { linear } from '../topologies/linear.ts';
import { ETHERNET_MTU } from '../topologies/link.ts';
import { withRules } from '../topology.ts';
import { LINEAR, SERVER_NAME, towards } from './linear-scenario.ts';

interface HostilePath {
  readonly name: string;
  readonly title: string;
  readonly rules: readonly PacketRule[];
  readonly silent: readonly DirectionName[];
}

interface Hostility {
  readonly name: string;
  readonly title: string;
  readonly families: readonly Family[];
  readonly attack: Attack;
  /** Verdicts that are true beside that of the path without an attacker. */
  readonly also: readonly Verdict[];
  /** TCP that obeys sends nothing that would fall into the hole. */
  readonly below?: boolean;
}

const DIRECTIONS: readonly DirectionName[] = ['forward', 'reverse'];
const HOLE = 1400;
const TIMEOUT_S = 10;
/** The command's own start and end around `--timeout`. */
const AROUND_MS = 1000;

const vanishing = (host: string, arrivingOn: string): PacketRule => ({
  kind: 'length-drop',
  host,
  arrivingOn,
  above: HOLE,
  families: null,
});
const TOWARDS_SERVER = vanishing('S', 's0');
const TOWARDS_CLIENT = vanishing('C', 'c0');

const PATHS: readonly HostilePath[] = [
  { name: 'clean', title: 'nothing else wrong', rules: [], silent: [] },
  { name: 'reverse', title: 'above 1400 vanishes on the way back', rules: [TOWARDS_CLIENT], silent: ['reverse'] },
  {
    name: 'both',
    title: 'above 1400 vanishes both ways',
    rules: [TOWARDS_CLIENT, TOWARDS_SERVER],
    silent: ['forward', 'reverse'],
  },
];

const BOTH: readonly Family[] = [4, 6];
/** What a liar might name: below what IPv4 and IPv6 allow, at it, likely, as large as the packet, and larger. */
const EVERY_NUMBER = [0, 1, 67, 68, 1279, 1280, 1300, 1400, 1500, 65535];
const MISQUOTES: readonly Quote[] = ['sequence', 'port', 'destination'];

const OBEYED: readonly Verdict[] = ['reduced', 'clamped', 'inconclusive'];

function tooBig(quote: Quote, about: readonly Subject[], nextHopMtus: readonly number[], above: number): Mischief {
  return { kind: 'packet-too-big', about, quote, nextHopMtus, above };
}

function quietly(...mischiefs: readonly Mischief[]): Attack {
  return { mischiefs, floodPerSecond: 0 };
}

const FLOOD = 10_000;

const HOSTILITIES: readonly Hostility[] = [
  {
    name: 'misquoted',
    title: 'Packet Too Big that quotes another sequence, port or destination of TCP; to be ignored',
    families: BOTH,
    attack: quietly(...MISQUOTES.map((quote) => tooBig(quote, ['tcp'], EVERY_NUMBER, 0))),
    also: [],
  },
  {
    name: 'misquoted-ping',
    title: 'Packet Too Big that quotes another sequence, identifier, token or destination of pings; to be ignored',
    // ICMPv6 asks nobody whether the ping was sent (icmpv6_err, net/ipv6/icmp.c): there it is `poisoned`.
    families: [4],
    attack: quietly(...[...MISQUOTES, 'token' as const].map((quote) => tooBig(quote, ['ping'], EVERY_NUMBER, 0))),
    also: [],
  },
  {
    name: 'not-smaller',
    title: 'Packet Too Big that names as much as was sent, or more; to be ignored',
    families: BOTH,
    attack: quietly(tooBig('exact', ['tcp', 'ping', 'other'], [ETHERNET_MTU, 65535], 0)),
    also: [],
  },
  {
    name: 'too-small',
    title: 'Packet Too Big that names less than any IPv6 link carries; to be ignored',
    families: [6],
    attack: quietly(tooBig('exact', ['tcp', 'ping', 'other'], [0, 1, 67, 68, 1279], 0)),
    also: [],
  },
  {
    name: 'tiny',
    title: 'Packet Too Big of 0, 1, 67 and 68 that quotes every segment; TCP obeys, and reduced is true of it',
    families: [4],
    attack: quietly(tooBig('exact', ['tcp'], [0, 1, 67, 68], 0)),
    also: OBEYED,
    below: true,
  },
  {
    name: 'least',
    title: 'Packet Too Big of 1280 that quotes larger packets; TCP obeys, and reduced is true of it',
    families: BOTH,
    attack: quietly(tooBig('exact', ['tcp', 'ping'], [1280], 1280)),
    also: OBEYED,
    below: true,
  },
  {
    name: 'too-much',
    title: 'Packet Too Big of 1450 that quotes larger packets; TCP obeys, and 1450 is still too much for a hole',
    families: BOTH,
    attack: quietly(tooBig('exact', ['tcp', 'ping'], [1450], 1450)),
    also: OBEYED,
  },
  {
    name: 'another-token',
    title: 'Packet Too Big of 1300 whose quote is right in the 64 bits that TCP looks at and nowhere else',
    families: BOTH,
    attack: quietly(tooBig('token', ['tcp', 'ping'], [1300], 1300), tooBig('cut', ['tcp'], [1300], 1300)),
    also: OBEYED,
    below: true,
  },
  {
    name: 'poisoned',
    title: 'Packet Too Big about pings that nobody answered: kernels believe it, and TCP obeys',
    families: BOTH,
    attack: quietly(tooBig('echo-reply', ['tcp', 'ping', 'other'], [1300], 0)),
    also: OBEYED,
    below: true,
  },
  {
    name: 'ptb-flood',
    title: 'ten thousand Packet Too Big a second that quote another sequence; to be ignored',
    families: BOTH,
    attack: { mischiefs: [tooBig('sequence', ['tcp'], [1300], 0)], floodPerSecond: FLOOD },
    also: ['inconclusive'],
  },
  {
    name: 'believed-flood',
    title: 'ten thousand Packet Too Big of 1280 a second that quote the latest large packet; TCP obeys',
    families: BOTH,
    attack: { mischiefs: [tooBig('exact', ['tcp', 'ping'], [1280], 1280)], floodPerSecond: FLOOD },
    also: OBEYED,
    below: true,
  },
  {
    name: 'false-replies',
    title: 'echo replies with another token, and to pings never sent',
    families: BOTH,
    attack: quietly(
      { kind: 'echo-reply', fault: 'token', percent: 100 },
      { kind: 'echo-reply', fault: 'unasked', percent: 100 },
    ),
    also: [],
  },
  {
    name: 'reply-flood',
    title: 'ten thousand echo replies a second with another token',
    families: BOTH,
    attack: { mischiefs: [{ kind: 'echo-reply', fault: 'token', percent: 100 }], floodPerSecond: FLOOD },
    also: ['inconclusive'],
  },
  {
    name: 'doubled',
    title: 'every packet comes twice',
    families: BOTH,
    attack: quietly({ kind: 'duplicate', percent: 100 }),
    also: ['inconclusive'],
  },
  {
    name: 'reordered',
    title: 'three packets in ten come up to five milliseconds later',
    families: BOTH,
    attack: quietly({ kind: 'hold', percent: 30, upToMs: 5 }),
    also: ['inconclusive'],
  },
  {
    name: 'late',
    title: 'one packet in ten comes up to two seconds later',
    families: BOTH,
    attack: quietly({ kind: 'hold', percent: 10, upToMs: 2000 }),
    also: ['inconclusive'],
  },
  {
    name: 'reset',
    title: 'every connection is reset at its first data',
    families: BOTH,
    attack: quietly({ kind: 'reset', percent: 100 }),
    also: ['inconclusive'],
  },
  {
    name: 'some-resets',
    title: 'one data segment in ten has its connection reset',
    families: BOTH,
    attack: quietly({ kind: 'reset', percent: 10 }),
    also: ['inconclusive'],
  },
];

export const HOSTILE_SCENARIOS: readonly Scenario[] = HOSTILITIES.flatMap((hostility) =>
  PATHS.map((path) => {
    const expect = boundsOf(hostility, path);
    const run = towards(SERVER_NAME, expect, '--timeout', `${TIMEOUT_S}`);
    return {
      ...LINEAR,
      name: `hostile-${hostility.name}-${path.name}`,
      title: `${hostility.title}; ${path.title}`,
      topology: withRules(linear({ attack: hostility.attack }), ...path.rules),
      families: Object.fromEntries(hostility.families.map((family) => [family, run])),
    };
  }),
);

function boundsOf({ also, below = false }: Hostility, { silent }: HostilePath): Bounds {
  const largest = (name: DirectionName): number => (silent.includes(name) ? HOLE : ETHERNET_MTU);
  const holds = (verdict: Verdict): boolean => silent.length === 0 || below || verdict === 'inconclusive';
  const obeyed = also.includes('reduced');
  return {
    verdicts: [silent.length === 0 ? 'clear' : 'black-hole', ...also.filter(holds)],
    largest: { forward: largest('forward'), reverse: largest('reverse') },
    silent,
    smaller: obeyed ? DIRECTIONS.filter((name) => below || !silent.includes(name)) : [],
    withinMs: TIMEOUT_S * 1000 + AROUND_MS,
  };
}
