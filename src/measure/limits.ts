/** When a measurement has to stop, and what it then keeps: everything proved so far. */

import type { Clock, Patience } from './channel.ts';

/** No wait is longer than this, so that Ctrl-C is answered at once by a person's measure. */
const LONGEST_WAIT_MS = 100;

export class Limits {
  readonly #clock: Clock;
  readonly #signal: AbortSignal;
  readonly #deadline: number;

  constructor(clock: Clock, signal: AbortSignal, timeoutMs: number) {
    this.#clock = clock;
    this.#signal = signal;
    this.#deadline = clock.now() + timeoutMs;
  }

  get reached(): boolean {
    return this.#signal.aborted || this.#clock.now() >= this.#deadline;
  }

  /** An instant to wait for, moved forward where the limit or a person would not wait that long. */
  clip(until: number): number {
    return Math.min(until, this.#deadline, this.#clock.now() + LONGEST_WAIT_MS);
  }

  /** For whoever waits outside of a measurement's own loop, `ms` at most. */
  patience(ms: number): Patience {
    return { until: Math.min(this.#deadline, this.#clock.now() + ms), isOver: () => this.reached };
  }

  /** The same person's patience, with a time of its own. */
  extended(extraMs: number): Limits {
    return new Limits(this.#clock, this.#signal, extraMs);
  }
}
