/** What happens is kept first and told then, so that whoever hears of it can look it up. */

import type { Log } from '../measure/log.ts';
import type { EventKind, NewEvent, News, ServiceEvent } from './contract.ts';
import type { History, RunEntry } from './history/history.ts';

/** Seen in the log even where only warnings are. */
const CALLS_FOR_SOMEBODY: readonly EventKind[] = ['not-ready', 'target-failed', 'reload-refused'];

export class Chronicle {
  readonly history: History;
  readonly #log: Log;
  readonly #listeners = new Set<(news: News) => void>();
  #failures = 0;

  constructor(history: History, log: Log) {
    this.history = history;
    this.#log = log;
  }

  /** How often something could not be kept: a full disk stops no measurement, and nobody is told what cannot be looked up. */
  get failures(): number {
    return this.#failures;
  }

  record(run: RunEntry): void {
    this.#tell(() => this.history.record(run));
    const paths = run.paths.map(({ state }) => state.id);
    this.#say({ kind: 'run', target: run.target, at: run.startedAt, paths });
  }

  /** @param gone ids of paths that are forgotten with it. */
  append(events: readonly NewEvent[], gone: readonly string[] = []): void {
    if (events.length + gone.length > 0) this.#tell(() => this.history.append(events, gone));
  }

  /** @returns what ends it. */
  subscribe(listener: (news: News) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tell(keep: () => readonly ServiceEvent[]): void {
    try {
      for (const event of keep()) {
        const level = CALLS_FOR_SOMEBODY.includes(event.kind) ? 'warn' : 'info';
        this.#log[level]({ event: event.kind, target: event.target, path: event.pathId }, event.summary);
        this.#say({ kind: 'event', event });
      }
    } catch (error) {
      this.#failures += 1;
      this.#log.warn({}, `the history takes nothing: ${(error as Error).message}`);
    }
  }

  #say(news: News): void {
    for (const listener of this.#listeners) {
      try {
        listener(news);
      } catch (error) {
        // Its own trouble: all others hear of it, and the run that it tells of goes on.
        this.#log.warn({}, `a listener failed: ${(error as Error).message}`);
      }
    }
  }
}

/** An event of no path. */
export function plainEvent(
  kind: NewEvent['kind'],
  at: string,
  summary: string,
  target: string | null = null,
): NewEvent {
  return { kind, at, target, pathId: null, summary, before: null, after: null };
}
