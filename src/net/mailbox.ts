/** Events that come from the event loop, waited for until an instant. */

import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from '../measure/channel.ts';

/** Turns of the event loop in which nothing came in, before a wait ends empty: a timer runs before its turn's reads. */
const QUIET_TURNS = 2;
/** A host that is flooded with other people's packets is not read for ever. */
const MOST_TURNS = 256;

/** More than any wave has probes. A flood that nobody waits for does not fill the memory. */
const MOST_WAITING = 4096;

export class Mailbox<Event> {
  readonly #clock: Clock;
  #events: Event[] = [];
  #seen = 0;
  #wake: (() => void) | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Every packet that was read, ours or not: where one was, another may wait behind it. */
  noteRead(): void {
    this.#seen += 1;
  }

  /** Events beyond the first `MOST_WAITING` that nobody took are dropped: the first evidence stands. */
  put(event: Event): void {
    if (this.#events.length >= MOST_WAITING) return;
    this.#events.push(event);
    this.#wake?.();
  }

  /**
   * Resolves at the first event, or empty at `until`; but never before all packets that already wait in the kernel
   * were read, so that a process which was held up does not take them for losses.
   */
  async take(until: number): Promise<readonly Event[]> {
    const wait = until - this.#clock.now();
    if (this.#events.length === 0 && wait > 0) await this.#arrival(wait);
    for (let turn = 0, quiet = 0; this.#events.length === 0 && turn < MOST_TURNS && quiet < QUIET_TURNS; turn += 1) {
      const before = this.#seen;
      await nextTurn();
      quiet = this.#seen === before ? quiet + 1 : 0;
    }
    const events = this.#events;
    this.#events = [];
    return events;
  }

  async #arrival(ms: number): Promise<void> {
    const arrived = new AbortController();
    this.#wake = () => arrived.abort();
    await this.#clock.sleep(ms, arrived.signal);
    this.#wake = null;
  }
}
