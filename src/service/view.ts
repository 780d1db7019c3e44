/** What HTTP, metrics and mesh see of the service: a narrow waist, so that each can be tested against a made-up one. */

import type { PathReport, Report } from '../contract.ts';
import type { HistoryPoint, Mesh, MeshRow, News, PathState, Readiness, ServiceEvent, TargetState } from './contract.ts';
import type { SeriesQuery } from './history/history.ts';

export interface ServiceView {
  readonly version: string;
  readonly startedAt: string;
  /** Of all configured targets and of peers, in the order of the configuration. */
  targets(): readonly TargetState[];
  paths(): readonly PathState[];
  /** The whole report of the last run of a path, masked or not; `null` when there was none since the start. */
  lastReport(pathId: string): PathReport | null;
  readiness(): Readiness;
  series(pathId: string, query: SeriesQuery): readonly HistoryPoint[];
  eventsAfter(id: number, limit: number): readonly ServiceEvent[];
  latestEvents(limit: number, pathId: string | null): readonly ServiceEvent[];
  /** @returns what ends it. */
  subscribe(listener: (news: News) => void): () => void;
  /** Configured or allow-listed: nobody makes this a prober of anything else. */
  mayProbe(target: string): boolean;
  /**
   * Measures now and resolves with the report; who asks while it is under way gets the same one. Its turn is counted
   * like a slot's. @throws BusyError when no turn comes within `waitMs`.
   */
  probe(target: string, waitMs: number): Promise<Report>;
  /** `null` without peers. */
  meshRow(): MeshRow | null;
  /** Own row and those of all peers. `null` without peers. */
  mesh(): Promise<Mesh | null>;
  counters(): ServiceCounters;
}

/** Totals since the start. */
export interface ServiceCounters {
  /** Entries of evidence of all reports. */
  readonly probes: number;
  readonly packetsSent: number;
  readonly bytesSent: number;
  readonly connectionsOpened: number;
  readonly configReloads: { readonly accepted: number; readonly refused: number };
  readonly webhookDeliveries: {
    readonly delivered: number;
    readonly failed: number;
    readonly givenUp: number;
    readonly pending: number;
  };
  readonly historyBytes: number;
  /** What could not be kept. */
  readonly historyFailures: number;
}

/** Too many ask at once: later. */
export class BusyError extends Error {}
