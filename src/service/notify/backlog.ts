/** What one receiver has not had yet. The history keeps it; here are only numbers of events. */

import { setImmediate } from 'node:timers/promises';
import type { ServiceEvent } from '../contract.ts';
import type { History } from '../history/history.ts';
import { isNotified } from './kinds.ts';

/** Who was away for longer wants to see how things are, and not every step on the way. */
export const MOST_PENDING = 1000;
export const OLDEST_MS = 24 * 3_600_000;

/** Events read at once: with two reports each, these few take milliseconds, and a measurement under way waits so long. */
const BATCH = 16;

export type Cursors = Pick<History, 'cursor' | 'moveCursor' | 'eventsAfter' | 'latestEvents'>;

/**
 * ```
 *   cursor            head                        seen
 *   ──┼──·──·──·──·────●──────·──●──●──·──·──●──·──┤      ● pending   · of no interest
 * ```
 * The cursor outlives the process. It moves when the head is settled, and right up to `seen` when nothing is pending.
 */
export class Backlog {
  readonly #history: Cursors;
  readonly #receiver: string;
  readonly #pending: number[] = [];
  #cursor: number;
  #seen: number;
  #skipped = 0;

  /** Whoever is new gets nothing of what was before. */
  constructor(history: Cursors, receiver: string) {
    this.#history = history;
    this.#receiver = receiver;
    const known = history.cursor(receiver);
    this.#cursor = known ?? history.latestEvents(1, null)[0]?.id ?? 0;
    this.#seen = this.#cursor;
    if (known === null) history.moveCursor(receiver, this.#cursor);
  }

  /** As of the last look. */
  get length(): number {
    return this.#pending.length;
  }

  /** Never to be delivered: too many came after them, they are too old, or the history has forgotten them. */
  get skipped(): number {
    return this.#skipped;
  }

  /** Finds what happened since the last look. */
  async look(): Promise<void> {
    for (;;) {
      const events = this.#history.eventsAfter(this.#seen, BATCH);
      for (const event of events) {
        this.#seen = event.id;
        if (isNotified(event)) this.#pending.push(event.id);
      }
      while (this.#pending.length > MOST_PENDING) this.#skip();
      if (events.length < BATCH) break;
      await setImmediate();
    }
    if (this.#pending.length === 0) this.#move(this.#seen);
  }

  /** The oldest one that is still worth telling; `null` when there is none. */
  head(now: Date): ServiceEvent | null {
    for (;;) {
      const [id] = this.#pending;
      if (id === undefined) return null;
      const [event] = this.#history.eventsAfter(id - 1, 1);
      if (event?.id === id && now.getTime() - Date.parse(event.at) <= OLDEST_MS) return event;
      this.#skip();
    }
  }

  /** The head is delivered or given up. */
  settle(): void {
    const id = this.#pending.shift();
    if (id !== undefined) this.#move(this.#pending.length === 0 ? this.#seen : id);
  }

  #skip(): void {
    this.#skipped += 1;
    this.settle();
  }

  #move(to: number): void {
    if (to === this.#cursor) return;
    this.#history.moveCursor(this.#receiver, to);
    this.#cursor = to;
  }
}
