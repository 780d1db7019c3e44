/** What outlives the process: the states of paths, every run, every event. */

import type { PathReport } from '../../contract.ts';
import type { HistoryPoint, NewEvent, PathState, ServiceEvent } from '../contract.ts';

/** One run of one target: kept whole, or not at all. */
export interface RunEntry {
  readonly target: string;
  readonly startedAt: string;
  readonly durationMs: number;
  /** As they are after it; each replaces the one of the same id. */
  readonly paths: readonly RunPath[];
  /** What changed by it, in order. */
  readonly events: readonly NewEvent[];
}

export interface RunPath {
  readonly state: PathState;
  readonly point: HistoryPoint;
  /** At or above what its target is held to: it is kept longer. */
  readonly failed: boolean;
  readonly report: PathReport;
}

/** Instants are ISO 8601; both ends may be left open. */
export interface SeriesQuery {
  readonly since: string | null;
  readonly until: string | null;
  /** The newest of them. */
  readonly limit: number;
}

/** Synchronous: each call is one transaction, and done when it returns. */
export interface History {
  /** Every path that was ever seen and is not yet forgotten. */
  states(): readonly PathState[];
  /** @returns its events, numbered. */
  record(run: RunEntry): readonly ServiceEvent[];
  /** Events that belong to no run; with them a path may go: its state is removed, its runs stay. */
  append(events: readonly NewEvent[], gone?: readonly string[]): readonly ServiceEvent[];
  /** Oldest first, from the one after `id`. */
  eventsAfter(id: number, limit: number): readonly ServiceEvent[];
  /** Newest first. `pathId: null` is all of them. */
  latestEvents(limit: number, pathId: string | null): readonly ServiceEvent[];
  /** Oldest first. */
  series(pathId: string, query: SeriesQuery): readonly HistoryPoint[];
  /** How far each receiver of notifications has come: an event's id, 0 for a new one's last. */
  cursor(receiver: string): number | null;
  moveCursor(receiver: string, eventId: number): void;
  /** Forgets what is older or more than is to be kept. @returns how many runs went. */
  prune(now: Date): number;
  /** Bytes of the file; 0 in memory. */
  size(): number;
  close(): void;
}
