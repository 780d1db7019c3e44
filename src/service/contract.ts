/**
 * What the service knows and tells: public API, as JSON of `/api/v1`, as rows of the history and as types.
 *
 * Instants are ISO 8601 in UTC. Unknown is `null`, never a missing field. A `size` is a whole IP packet in bytes.
 */

import type { Behaviour, Family, PathReport, RankedVerdict, Verdict } from '../contract.ts';

/** What is known of one direction, from runs that nothing hid. */
export interface KnownDirection {
  readonly pathMtu: number | null;
  /** Else `pathMtu` is a lower bound. */
  readonly exact: boolean;
  readonly behaviour: Behaviour;
}

/** What a path amounts to, by the last run whose view nothing hid. */
export interface Judgement {
  readonly verdict: Verdict;
  /** When verdict and path MTUs became what they are. */
  readonly since: string;
  /** The last run that said so. */
  readonly at: string;
  readonly forward: KnownDirection;
  readonly reverse: KnownDirection;
  /** That run's, with evidence, findings and remedies. */
  readonly report: PathReport;
}

/** One address of one target over one transport. */
export interface PathState {
  /** Stable over restarts, and safe in a URL: 16 hexadecimal digits. */
  readonly id: string;
  /** As configured. */
  readonly target: string;
  readonly address: string;
  readonly family: Family;
  readonly transport: 'tcp' | 'udp';
  readonly firstSeenAt: string;
  /** `null` until a run was not masked. */
  readonly judgement: Judgement | null;
  /** The last run of all, masked or not. */
  readonly last: { readonly at: string; readonly verdict: Verdict; readonly masked: boolean };
  /** Since when this host's memory of a path MTU hides what lies above it; `null` when nothing is hidden. */
  readonly maskedSince: string | null;
  /** A reverse black hole is known: nothing larger goes forward until reverse is clear again. */
  readonly holdForwardAbove: number | null;
}

/** A path as lists show it: everything but reports. */
export interface PathSummary extends Omit<PathState, 'judgement'> {
  readonly judgement: Omit<Judgement, 'report'> | null;
  /** What the verdict means for this path, in one sentence. */
  readonly sentence: string;
}

/** A path with all that is known of it. */
export interface PathDetail extends PathState {
  readonly sentence: string;
  /** Both directions as a drawing in plain text, one line each, as `run` prints it; empty without a judgement. */
  readonly picture: readonly string[];
}

/** Answer of `/api/v1/paths`: paths worst first. */
export interface Overview {
  readonly schemaVersion: 1;
  readonly version: string;
  readonly startedAt: string;
  readonly now: string;
  readonly readiness: Readiness;
  readonly targets: readonly TargetState[];
  readonly paths: readonly PathSummary[];
  readonly hasMesh: boolean;
}

/** What a target is held to. */
export interface Expectations {
  readonly failOn: RankedVerdict;
  readonly expectMtu: number | null;
  /** It decides over `/readyz`. */
  readonly gating: boolean;
}

/** What became of the times at which a target was due. `due` is the sum of all others and of those under way. */
export interface SlotCounts {
  readonly due: number;
  readonly completed: number;
  /** Skipped: the run before was still under way, or no turn came before the next slot. */
  readonly missed: number;
  /** Ended at its timeout, with a report of what was proved. */
  readonly cut: number;
  /** Ended without any report: an error of this host, or the service was stopped. */
  readonly failed: number;
  readonly waiting: number;
  readonly running: number;
}

/** One configured target, with what became of its slots. */
export interface TargetState extends Expectations {
  readonly target: string;
  readonly labels: Readonly<Record<string, string>>;
  /** As configured: `60s`, or a cron expression. */
  readonly schedule: string;
  readonly nextAt: string | null;
  readonly lastRunAt: string | null;
  readonly lastDurationMs: number | null;
  /** Why the last run measured nothing: a name without address, no route, an error; `null` when it measured. */
  readonly problem: string | null;
  readonly slots: SlotCounts;
  /** The ids of its paths. */
  readonly paths: readonly string[];
  readonly isPeer: boolean;
}

export const EVENT_KINDS = [
  /** The first judgement of a path. */
  'path-found',
  /** The verdict changed, or a path MTU with it. */
  'verdict-changed',
  /** A path MTU changed, the verdict did not. */
  'path-mtu-changed',
  /** What this host remembers hides the path; the last judgement stands. */
  'masked',
  'unmasked',
  /** A path is no longer among those of its target. */
  'path-gone',
  /** A target cannot be measured at all, and why; or can again. */
  'target-failed',
  'target-recovered',
  'slot-missed',
  'started',
  'stopped',
  'reloaded',
  /** A new configuration cannot be used: the old one stays. */
  'reload-refused',
  'ready',
  'not-ready',
] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

/** Before and after a change. */
export interface Turn {
  readonly at: string;
  readonly verdict: Verdict;
  readonly forward: KnownDirection;
  readonly reverse: KnownDirection;
  readonly report: PathReport;
}

export interface NewEvent {
  readonly kind: EventKind;
  readonly at: string;
  readonly target: string | null;
  readonly pathId: string | null;
  /** One sentence: "rubygems.org (203.0.113.7): reverse path MTU was 1500, is 1450 since …". */
  readonly summary: string;
  /** Only of changes. */
  readonly before: Turn | null;
  readonly after: Turn | null;
}

/** Numbered in the order in which things happened, without end: what a client has seen is one number. */
export interface ServiceEvent extends NewEvent {
  readonly id: number;
}

/**
 * What `/api/v1/events` sends. An event is the data of an unnamed message, with its number as `id`; a run, which only
 * says that there is something to look at, is the data of one named `run`, without `id`.
 */
export type News =
  | { readonly kind: 'event'; readonly event: ServiceEvent }
  | { readonly kind: 'run'; readonly target: string; readonly at: string; readonly paths: readonly string[] };

/** One run of a path, as the chart draws it. */
export interface HistoryPoint {
  readonly at: string;
  readonly verdict: Verdict;
  readonly masked: boolean;
  readonly forward: KnownDirection;
  readonly reverse: KnownDirection;
  readonly rttMs: number | null;
  readonly durationMs: number;
}

export interface Readiness {
  readonly ready: boolean;
  /** Some gating target was not judged yet: who waits, waits on. */
  readonly pending: boolean;
  /** One line for each gating target that is in the way. */
  readonly reasons: readonly string[];
}

/** One measurement between two agents, seen from the one that made it: forward is from it to the peer. */
export interface MeshCell {
  readonly peer: string;
  readonly verdict: Verdict | null;
  readonly at: string | null;
  readonly forward: KnownDirection | null;
  readonly reverse: KnownDirection | null;
  /** Over TCP and UDP the worse one is shown; this is the id of its path. */
  readonly pathId: string | null;
}

/** What one agent measured of its peers. */
export interface MeshRow {
  /** The name by which peers know this agent: its address. */
  readonly agent: string;
  readonly version: string;
  /** After how many rounds every peer has been measured once. */
  readonly rounds: number;
  readonly cells: readonly MeshCell[];
}

/** Rows of every agent that answered. */
export interface Mesh {
  readonly rows: readonly MeshRow[];
  readonly silent: readonly { readonly agent: string; readonly reason: string }[];
}
