/** Runs of targets: so many at once, each cut at its timeout, and all of them when the service ends. */

import { setMaxListeners } from 'node:events';
import pLimit, { type LimitFunction } from 'p-limit';
import { orAborted } from '../../aborts.ts';
import type { RunOptions } from '../../config/options.ts';
import type { Report } from '../../contract.ts';
import type { Outcome } from '../schedule/agenda.ts';

/** One measurement. An abort ends it early, with a report of what is proved. */
export type Measure = (options: RunOptions, signal: AbortSignal) => Promise<Report>;

export interface Ended {
  readonly outcome: Outcome;
  readonly startedAt: Date;
  readonly durationMs: number;
  /** `null` when there is none, because of `error` or of the end of the service. */
  readonly report: Report | null;
  readonly error: Error | null;
}

/** What ends with an abort ends within this; what does not hangs in the system, and keeps no other from its turn. */
const GRACE_MS = 2000;

export class Runner {
  readonly #measure: Measure;
  readonly #limit: LimitFunction;
  readonly #running = new Set<AbortController>();
  /** Under way, or waiting for their turn. */
  readonly #turns = new Set<Promise<Ended>>();
  readonly #stopping = new AbortController();

  constructor(measure: Measure, concurrency: number) {
    this.#measure = measure;
    this.#limit = pLimit(concurrency);
    // Every run listens; Node would warn from the eleventh on.
    setMaxListeners(0, this.#stopping.signal);
  }

  set concurrency(concurrency: number) {
    this.#limit.concurrency = concurrency;
  }

  /**
   * @param options as of its turn: what other runs found while it waited counts.
   * @param started is called when its turn comes, which may be never once the service ends.
   * @param over is called when the turn is over, before what hangs in spite of it.
   * @returns when nothing of it is left, not even what hung; the end of the service waits for no such thing.
   */
  async run(
    options: () => RunOptions,
    timeoutMs: number,
    started: () => void,
    over: (ended: Ended) => void = () => undefined,
  ): Promise<Ended> {
    const left: Promise<unknown>[] = [];
    const turn = this.#limit(async () => {
      started();
      return this.#one(options(), timeoutMs, (measured) => left.push(measured));
    });
    this.#turns.add(turn);
    const ended = await turn;
    this.#turns.delete(turn);
    over(ended);
    await orAborted(Promise.allSettled(left), this.#stopping.signal);
    return ended;
  }

  /** No run begins any more. Those under way may end by themselves for `graceMs`, and are cut then. */
  async stop(graceMs: number): Promise<void> {
    this.#stopping.abort();
    const cut = setTimeout(() => {
      for (const controller of this.#running) controller.abort();
    }, graceMs);
    // All that waits has its turn now, and ends at once.
    this.#limit.concurrency = Number.POSITIVE_INFINITY;
    await Promise.all(this.#turns);
    clearTimeout(cut);
  }

  async #one(options: RunOptions, timeoutMs: number, keep: (measured: Promise<unknown>) => void): Promise<Ended> {
    const startedAt = new Date();
    const ended = (outcome: Outcome, report: Report | null, error: Error | null): Ended => ({
      outcome,
      startedAt,
      durationMs: Date.now() - startedAt.getTime(),
      report,
      error,
    });
    if (this.#stopping.signal.aborted) return ended('failed', null, null);
    const controller = new AbortController();
    // Every address of a target listens.
    setMaxListeners(0, controller.signal);
    this.#running.add(controller);
    const timeout = setTimeout(() => controller.abort(), timeoutMs);
    try {
      const measured = this.#measure(options, controller.signal);
      keep(measured);
      const report = await Promise.race([measured, hang(controller.signal)]);
      if (this.#stopping.signal.aborted && controller.signal.aborted) return ended('failed', null, null);
      if (report === null) return ended('failed', null, new Error(`hangs since its timeout of ${timeoutMs} ms`));
      return ended(controller.signal.aborted ? 'cut' : 'completed', report, null);
    } catch (error) {
      return ended('failed', null, error as Error);
    } finally {
      clearTimeout(timeout);
      this.#running.delete(controller);
    }
  }
}

/** Resolves some time after the abort, for what does not end with it. */
function hang(signal: AbortSignal): Promise<null> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => setTimeout(() => resolve(null), GRACE_MS).unref(), { once: true });
  });
}
