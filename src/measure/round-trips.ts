/** Round trips as they were seen so far. */

import type { Timing } from '../search/timing.ts';

export class RoundTrips {
  readonly #ms: number[] = [];

  add(ms: number): void {
    this.#ms.push(ms);
  }

  /** `null` before the first. */
  get shortestMs(): number | null {
    return this.#ms.length === 0 ? null : Math.min(...this.#ms);
  }

  /** The longest, so that no answer is missed, and their spread; `null` before the first. */
  get timing(): Timing | null {
    if (this.#ms.length === 0) return null;
    const longest = Math.max(...this.#ms);
    return { rttMs: longest, jitterMs: longest - Math.min(...this.#ms) };
  }
}
