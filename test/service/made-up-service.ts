/** A service that is made up, behind the same narrow waist as the real one, and can be changed while it is asked. */

import type { PathReport, Report } from '../../src/contract.ts';
import type {
  HistoryPoint,
  Mesh,
  MeshRow,
  NewEvent,
  News,
  PathState,
  Readiness,
  ServiceEvent,
  TargetState,
} from '../../src/service/contract.ts';
import type { SeriesQuery } from '../../src/service/history/history.ts';
import { BusyError, type ServiceCounters, type ServiceView } from '../../src/service/view.ts';
import { reportOf } from '../unit/report/reports.ts';
import { MADE_UP_PATHS, MADE_UP_TARGETS, readinessOf } from './made-up-paths.ts';

const COUNTERS: ServiceCounters = {
  probes: 512,
  packetsSent: 4100,
  bytesSent: 1_200_000,
  connectionsOpened: 600,
  configReloads: { accepted: 2, refused: 1 },
  webhookDeliveries: { delivered: 7, failed: 1, givenUp: 0, pending: 3 },
  historyBytes: 40_960,
  historyFailures: 0,
};

export class MadeUpService implements ServiceView {
  readonly version = '1.2.3';
  readonly startedAt = '2027-01-01T00:00:00.000Z';
  /** Of `probe`, in order. */
  readonly probed: { readonly target: string; readonly waitMs: number }[] = [];
  #targets: readonly TargetState[];
  #paths: readonly PathState[];
  #readiness: Readiness;
  #counters = COUNTERS;
  #allowed: readonly string[] = [];
  #mesh: { readonly row: MeshRow; readonly mesh: Mesh } | null = null;
  #answerProbe: (target: string) => Promise<Report> = async (target) =>
    reportOf('clear', this.reportsOf(target).length === 0 ? [] : this.reportsOf(target));
  readonly #series = new Map<string, readonly HistoryPoint[]>();
  readonly #events: ServiceEvent[] = [];
  readonly #listeners = new Set<(news: News) => void>();

  constructor(targets: readonly TargetState[] = MADE_UP_TARGETS, paths: readonly PathState[] = MADE_UP_PATHS) {
    this.#targets = targets;
    this.#paths = paths;
    this.#readiness = readinessOf(targets, paths);
  }

  targets(): readonly TargetState[] {
    return this.#targets;
  }

  paths(): readonly PathState[] {
    return this.#paths;
  }

  lastReport(pathId: string): PathReport | null {
    return this.#paths.find(({ id }) => id === pathId)?.judgement?.report ?? null;
  }

  readiness(): Readiness {
    return this.#readiness;
  }

  series(pathId: string, { since, until, limit }: SeriesQuery): readonly HistoryPoint[] {
    const points = this.#series.get(pathId) ?? [];
    return points.filter(({ at }) => at >= (since ?? '') && at <= (until ?? '9')).slice(-limit);
  }

  eventsAfter(id: number, limit: number): readonly ServiceEvent[] {
    return this.#events.filter((event) => event.id > id).slice(0, limit);
  }

  latestEvents(limit: number, pathId: string | null): readonly ServiceEvent[] {
    const wanted = this.#events.filter((event) => pathId === null || event.pathId === pathId);
    return wanted.reverse().slice(0, limit);
  }

  subscribe(listener: (news: News) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  mayProbe(target: string): boolean {
    return this.#targets.some((entry) => entry.target === target) || this.#allowed.includes(target);
  }

  probe(target: string, waitMs: number): Promise<Report> {
    this.probed.push({ target, waitMs });
    return this.#answerProbe(target);
  }

  meshRow(): MeshRow | null {
    return this.#mesh?.row ?? null;
  }

  async mesh(): Promise<Mesh | null> {
    return this.#mesh?.mesh ?? null;
  }

  counters(): ServiceCounters {
    return this.#counters;
  }

  // What a test changes.

  /** Readiness follows, unless it is set afterwards. */
  setPaths(paths: readonly PathState[]): void {
    this.#paths = paths;
    this.#readiness = readinessOf(this.#targets, paths);
  }

  setTargets(targets: readonly TargetState[]): void {
    this.#targets = targets;
    this.#readiness = readinessOf(targets, this.#paths);
  }

  setReadiness(readiness: Readiness): void {
    this.#readiness = readiness;
  }

  setCounters(counters: ServiceCounters): void {
    this.#counters = counters;
  }

  setAllowed(targets: readonly string[]): void {
    this.#allowed = targets;
  }

  setMesh(row: MeshRow, mesh: Mesh): void {
    this.#mesh = { row, mesh };
  }

  setSeries(pathId: string, points: readonly HistoryPoint[]): void {
    this.#series.set(pathId, points);
  }

  setProbe(answer: (target: string) => Promise<Report>): void {
    this.#answerProbe = answer;
  }

  beBusy(): void {
    this.setProbe(() => Promise.reject(new BusyError('no turn')));
  }

  reportsOf(target: string): PathReport[] {
    const mine = this.#paths.filter((path) => path.target === target);
    return mine.map(({ judgement }) => judgement?.report ?? null).filter((report) => report !== null);
  }

  /** Something happens: it is numbered, remembered and told. */
  happen(event: NewEvent): ServiceEvent {
    const numbered = { ...event, id: (this.#events.at(-1)?.id ?? 0) + 1 };
    this.#events.push(numbered);
    this.publish({ kind: 'event', event: numbered });
    return numbered;
  }

  /** Told, and not remembered: as a run is. */
  publish(news: News): void {
    for (const listener of this.#listeners) listener(news);
  }

  /** The numbers begin anew, as after a start without a history file. */
  forgetEvents(): void {
    this.#events.length = 0;
  }

  get listeners(): number {
    return this.#listeners.size;
  }
}
