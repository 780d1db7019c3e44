/**
 * The report: public API, as JSON and as types. Text, JUnit and metrics are views of it.
 *
 * Every list here is closed: a code, method or outcome that is not in this file does not exist.
 * Unknown is `null`, never a missing field. A `size` is a whole IP packet in bytes, IP header included.
 */

import type { Environment, Remedy } from './environments.ts';
import type { FarEnd } from './far-end.ts';

export { ENVIRONMENTS, type Environment, type Remedy } from './environments.ts';
export type { FarEnd, Transfer } from './far-end.ts';

/** What a path amounts to, best first up to `black-hole`; the last two say that nothing could be decided. */
export const VERDICTS = [
  'clear',
  'clamped',
  'reduced',
  'delayed',
  'black-hole',
  'inconclusive',
  'unreachable',
] as const;
export type Verdict = (typeof VERDICTS)[number];

/** The verdicts that can be compared, best first: what `--fail-on` chooses from. */
export const RANKED_VERDICTS = ['clear', 'clamped', 'reduced', 'delayed', 'black-hole'] as const;
export type RankedVerdict = (typeof RANKED_VERDICTS)[number];

/** What becomes of the sizes between `pathMtu + 1` and the ceiling, in one direction. */
export const BEHAVIOURS = [
  'delayed',
  'silent',
  'signalled',
  'clamped',
  'local-limit',
  'clear',
  'not-exercised',
  'unknown',
] as const;
export type Behaviour = (typeof BEHAVIOURS)[number];

/**
 * How a size was tried.
 * - `tcp-mss`: reverse; a connection that advertises the size, and a reply that fills a segment of it.
 * - `tcp-segment`: forward; one write on an open connection that leaves as one packet of the size.
 * - `icmp-raw`: forward; echo request with our own IP header, DF set, leaves no trace in the route cache (IPv4).
 * - `icmp-ping`: forward; echo request through an unprivileged ping socket; a Packet Too Big fills the route cache.
 * - `icmp-system`: forward; echo request by the system's `ping` program; a Packet Too Big fills the route cache.
 * - `udp-dns`, `udp-quic`: forward; a question to a DNS server, a first packet to a QUIC server, which answer anybody.
 * - `udp-responder`: forward and reverse; a datagram to or from `mtu-probe serve`, which says what became of it.
 * - `udp-raw`: forward; UDP to a closed port, answers read from a raw ICMP socket; leaves no trace.
 */
export const METHODS = [
  'tcp-mss',
  'tcp-segment',
  'icmp-raw',
  'icmp-ping',
  'icmp-system',
  'udp-dns',
  'udp-quic',
  'udp-responder',
  'udp-raw',
] as const;
export type Method = (typeof METHODS)[number];

/**
 * What became of one probe.
 * - `arrived`: a packet of exactly this size reached the far end of its direction.
 * - `missing`: it vanished and its sender was not told, by the loss rule.
 * - `packet-too-big`: its sender was told a smaller next-hop MTU (`nextHopMtu`).
 * - `re-segmented`: reverse; the far end lost it and sent on in smaller segments (`nextHopMtu`): it was told.
 * - `smaller-segments`: the MSS in force keeps segments at `nextHopMtu` or below; the size was never sent.
 * - `recovered`: it vanished untold and the sender found a smaller size by itself, after seconds.
 * - `local-limit`: its sender's own host refused to send it (EMSGSIZE, or TCP's own limit).
 * - `short-reply`: reverse; the reply was too short to fill a packet of this size.
 * - `no-answer`: nothing came back that says anything about this size.
 * - `refused`: the port is closed (RST), or the connection was reset.
 */
export const OUTCOMES = [
  'arrived',
  'missing',
  'packet-too-big',
  're-segmented',
  'smaller-segments',
  'recovered',
  'local-limit',
  'short-reply',
  'no-answer',
  'refused',
] as const;
export type OutcomeName = (typeof OUTCOMES)[number];

/** Every finding a path can carry; `docs/verdicts.md` explains each one. */
export const FINDINGS = [
  'black-hole-forward',
  'black-hole-reverse',
  'delayed-forward',
  'delayed-reverse',
  'reduced',
  'clamped',
  'local-limit',
  'masked',
  'not-exercised',
  'forward-withheld',
  'icmp-filtered',
  'icmp-policed',
  'lossy',
  'tcp-only',
  'paths-disagree',
  'proxy-configured',
  'no-udp-service',
  'no-responder',
  'fragmented',
  'udp-unanswered',
  'ptb-without-mtu',
  'peer-may-have-learnt',
  'port-closed',
  'no-reply',
  'undecided',
  'timed-out',
  'local',
] as const;
export type FindingCode = (typeof FINDINGS)[number];

export const SEVERITIES = ['info', 'warning', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

export type DirectionName = 'forward' | 'reverse';
export type Family = 4 | 6;

/** One probe, as it went out and what came of it. Instants are milliseconds since the start of the path's run. */
export interface Evidence {
  readonly method: Method;
  readonly direction: DirectionName;
  readonly size: number;
  readonly outcome: OutcomeName;
  /** Who sent the Packet Too Big; `null` where TCP does not say. Only with `packet-too-big`. */
  readonly from?: string | null;
  /** The size that the sender was told, or fell to. Zero when the router named none (RFC 1191 §3). */
  readonly nextHopMtu?: number;
  /** It came in pieces, the largest of this size. Only a responder sees it. */
  readonly largestFragment?: number;
  readonly sentAtMs: number;
  readonly answeredAtMs?: number;
}

export interface PacketTooBig {
  readonly from: string | null;
  readonly nextHopMtu: number;
  /** How many hops away its sender is; `null` where that was not found out. */
  readonly ttl: number | null;
}

export interface Hop {
  /** How many hops away: 0 is this host, 1 the first router. */
  readonly ttl: number;
  readonly address: string | null;
}

export interface Direction {
  /** The largest size proved to arrive; `null` when none was. */
  readonly pathMtu: number | null;
  /** True when `pathMtu` is the ceiling or `pathMtu + 1` is proved not to arrive; else `pathMtu` is a lower bound. */
  readonly exact: boolean;
  readonly behaviour: Behaviour;
  /** True when a path MTU remembered by this host's kernel hid what lies above it. */
  readonly masked: boolean;
  readonly provedBy: readonly Method[];
  readonly packetTooBig: readonly PacketTooBig[];
  /**
   * The last hop that large packets reach, and `next`, the first beyond it that only small ones do; `null` when not
   * searched for, or not found. Always `null` for reverse: nobody here can see where packets from there end.
   */
  readonly hop: (Hop & { readonly next: Hop }) | null;
  /** How long the sender took to get round a black hole by itself, in ms; `null` unless `--wait-recovery` saw it. */
  readonly recoveredAfterMs: number | null;
}

export interface Finding {
  readonly code: FindingCode;
  readonly severity: Severity;
  /** One sentence for somebody who has never heard of MTU. */
  readonly summary: string;
  /** What it rests on and what it does not say, for a network engineer. */
  readonly detail: string;
  readonly cause: { readonly name: string; readonly deltaBytes: number; readonly others: readonly string[] } | null;
  readonly remedies: readonly Remedy[];
}

/** The route out of this host towards one address. */
export interface Egress {
  readonly interface: string;
  /** Our source address. */
  readonly address: string;
  /** The interface's MTU. */
  readonly mtu: number;
  /** A path MTU that the kernel learnt from a Packet Too Big and still remembers; `null` when there is none. */
  readonly cachedPathMtu: number | null;
}

export interface Cost {
  /** Packets we sent: TCP segments (`tcpi_segs_out` summed) and datagrams. */
  readonly packets: number;
  readonly connections: number;
  /** Bytes we sent, in whole IP packets where known. */
  readonly bytes: number;
  readonly waves: number;
}

export interface PathReport {
  /** As the user wrote it; behind it "by its proxy HOST:PORT" where the way to that is what was measured. */
  readonly target: string;
  readonly url: string;
  readonly address: string;
  readonly family: Family;
  readonly port: number | null;
  readonly transport: 'tcp' | 'udp';
  readonly verdict: Verdict;
  readonly rttMs: number | null;
  readonly egress: Egress;
  readonly forward: Direction;
  readonly reverse: Direction;
  readonly mss: { readonly advertised: number | null; readonly peer: number | null; readonly clamped: boolean };
  /** `null` without a responder. */
  readonly farEnd: FarEnd | null;
  readonly findings: readonly Finding[];
  readonly evidence: readonly Evidence[];
  readonly cost: Cost;
}

export interface Skipped {
  readonly target: string;
  readonly address: string | null;
  readonly reason: string;
}

export interface Report {
  readonly schemaVersion: 1;
  readonly version: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly durationMs: number;
  readonly verdict: Verdict;
  /** What this run was found in, or was told to be in (`--environment`): the closest first. */
  readonly environments: readonly Environment[];
  readonly paths: readonly PathReport[];
  readonly skipped: readonly Skipped[];
}
