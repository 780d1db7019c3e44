/**
 * What is due is run, what was run is folded into what is known, kept, and told.
 *
 *   agenda ─▶ runner ─▶ report ─▶ fold ─▶ chronicle ─▶ HTTP, dashboard, webhooks
 */

import type { RunOptions } from '../config/options.ts';
import type { PeersOptions, WatchOptions } from '../config/watch/options.ts';
import type { Report } from '../contract.ts';
import type { Log } from '../measure/log.ts';
import { Announcer } from './announcer.ts';
import { Chronicle, plainEvent } from './chronicle.ts';
import type { PathState, Readiness, TargetState } from './contract.ts';
import type { History } from './history/history.ts';
import { PathStore } from './paths/path-store.ts';
import { readinessOf } from './paths/readiness.ts';
import { PeerRounds, type PeerRoundsParts } from './peer-rounds.ts';
import { PEER_SCHEME } from './peers/targets.ts';
import { Probing } from './probing.ts';
import { problemOf, runEntry } from './runs/record.ts';
import { withHolds } from './runs/run-options.ts';
import { type Ended, type Measure, Runner } from './runs/runner.ts';
import type { Outcome } from './schedule/agenda.ts';
import type { Target } from './targets/target.ts';
import { type Duties, Targets } from './targets/targets.ts';
import { Totals } from './totals.ts';

export interface ServiceParts {
  readonly measure: Measure;
  readonly history: History;
  readonly log: Log;
  /** From 0 up to 1. */
  readonly random: () => number;
  readonly concurrency: number;
}

/** What peers need of this host. */
export type PeersSurroundings = Omit<PeerRoundsParts, 'duties' | 'paths' | 'random'>;

export class Service {
  readonly chronicle: Chronicle;
  readonly totals = new Totals();
  readonly probing: Probing;
  readonly startedAt = new Date().toISOString();
  readonly targets: Targets;
  readonly paths: PathStore;
  readonly #runner: Runner;
  readonly #log: Log;
  readonly #random: () => number;
  readonly #announcer: Announcer;
  readonly #duties: Duties = {
    run: (target, started) => this.#run(target, started),
    missed: (target, count) => {
      this.#log.debug({ target: target.name, count }, 'slot missed');
      this.#announcer.missed(target);
    },
  };
  #peers: PeerRounds | null = null;
  #isStopped = false;

  constructor({ measure, history, log, random, concurrency }: ServiceParts) {
    this.chronicle = new Chronicle(history, log);
    this.#announcer = new Announcer(this.chronicle);
    this.paths = new PathStore(history.states());
    this.#runner = new Runner(measure, concurrency);
    this.probing = new Probing(this.#runner);
    this.#log = log;
    this.#random = random;
    this.targets = new Targets(this.#duties, random);
  }

  /** Watches what these say, and nothing else any more; nothing at all once it was stopped. */
  async watch({ targets, concurrency }: Pick<WatchOptions, 'targets' | 'concurrency'>): Promise<void> {
    this.#runner.concurrency = concurrency;
    const gone = await this.targets.set(targets);
    if (gone === null) return;
    for (const target of gone) this.#forget(target);
    this.#forgetStrangers(null);
    for (const target of this.targets.all) if (target.paths.length === 0) target.paths = this.#remembered(target);
    this.#announcer.readiness(this.readiness());
  }

  get peers(): PeerRounds | null {
    return this.#peers;
  }

  /** Measures these agents as well, instead of those before. @throws UsageError for a peer that is no place. */
  async meet(options: PeersOptions | null, around: PeersSurroundings): Promise<void> {
    const before = this.#peers;
    this.#peers = options === null ? null : new PeerRounds(options, { ...around, ...this.#peersParts() });
    if (before !== null) await before.stop();
    if (this.#isStopped) return;
    await this.#peers?.start();
  }

  /** No run begins any more; those under way have `graceMs` to end by themselves, and are cut then. */
  async stop(graceMs: number): Promise<void> {
    this.#isStopped = true;
    const over = Promise.all([this.targets.stop(), this.#peers?.stop()]);
    await this.#runner.stop(graceMs);
    await over;
  }

  readiness(): Readiness {
    const found = readinessOf(this.targetStates(), ({ paths }) => paths.flatMap((id) => this.paths.get(id) ?? []));
    if (this.#peers?.isPending !== true) return found;
    return { ready: false, pending: true, reasons: [...found.reasons, 'peers: not measured yet'] };
  }

  targetStates(): readonly TargetState[] {
    return [...this.targets.all, ...(this.#peers?.targets ?? [])].map((target) => target.state());
  }

  #peersParts(): Pick<PeerRoundsParts, 'duties' | 'paths' | 'random'> {
    const duties = {
      ...this.#duties,
      forget: (target: Target) => this.#forget(target),
      problem: (text: string | null) => this.#announcer.peersProblem(text),
      known: (names: ReadonlySet<string>) => this.#forgetStrangers(names),
    };
    return { duties, paths: () => this.paths.all(), random: this.#random };
  }

  async #run(target: Target, started: () => void): Promise<Outcome> {
    const options = (): RunOptions => withHolds(target.run, this.paths.all());
    let tell: (report: Report | null) => void = () => undefined;
    target.current = new Promise((resolve) => {
      tell = resolve;
    });
    const { outcome, report } = await this.#runner.run(options, target.config.timeoutMs, started, (ended) => {
      target.current = null;
      this.#ended(target, ended);
    });
    tell(report);
    return outcome;
  }

  #ended(target: Target, { report, error, startedAt, durationMs }: Ended): void {
    // Cut by the end of the service: nobody knows more than before. What was forgotten stays so.
    if ((report === null && error === null) || target.isGone) return;
    target.ended({ startedAt, durationMs });
    target.hasMissed = false;
    if (report !== null) this.#record(target, report);
    const problem = report === null ? (error?.message ?? null) : problemOf(report);
    this.#announcer.problem(target, startedAt.toISOString(), problem);
    this.#announcer.readiness(this.readiness());
  }

  #record(target: Target, report: Report): void {
    this.totals.add(report);
    const entry = runEntry(target.name, report, target.expectations, (id) => this.paths.get(id));
    for (const { state, report: path } of entry.paths) this.paths.put(state, path);
    const found = entry.paths.map(({ state }) => state.id);
    // Before anybody hears of the run: who waits for it looks at once.
    if (found.length > 0) target.paths = found;
    this.chronicle.record(entry);
    if (found.length === 0) return;
    const gone = this.paths.markAbsent(this.#remembered(target).filter((id) => !found.includes(id)));
    this.#remove(gone, report.startedAt, 'is no longer an address of it');
  }

  #forget(target: Target): void {
    target.isGone = true;
    const states = this.#remembered(target).flatMap((id) => this.paths.get(id) ?? []);
    this.#remove(states, new Date().toISOString(), 'is no longer watched');
  }

  /**
   * Paths that the history remembers, and nobody watches any more.
   *
   * @param peers by target; `null` while nobody knows who they are.
   */
  #forgetStrangers(peers: ReadonlySet<string> | null): void {
    const isPeer = (target: string): boolean =>
      this.#peers !== null && (peers === null ? target.startsWith(PEER_SCHEME) : peers.has(target));
    const strangers = this.paths
      .all()
      .filter(({ target }) => !isPeer(target) && !this.targets.all.some(({ name }) => isOf(target, name)));
    this.#remove(strangers, new Date().toISOString(), 'is no longer watched');
  }

  #remove(states: readonly PathState[], at: string, why: string): void {
    const events = states.map(({ id, target, address }) => ({
      ...plainEvent('path-gone', at, `${target}: ${address} ${why}`, target),
      pathId: id,
    }));
    for (const { id } of states) this.paths.remove(id);
    this.chronicle.append(
      events,
      states.map(({ id }) => id),
    );
  }

  /** Of any run, and of those before the last start. */
  #remembered({ name }: Target): string[] {
    return this.paths
      .all()
      .filter(({ target }) => isOf(target, name))
      .map(({ id }) => id);
  }
}

/** A target that is measured by way of its proxy as well has a path of its own for that. */
function isOf(pathTarget: string, name: string): boolean {
  return pathTarget === name || pathTarget.startsWith(`${name} by its proxy `);
}
