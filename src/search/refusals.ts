/**
 * What routers said of sizes that were tried. One that named an MTU passes nothing larger, and hosts limit the rate of
 * what they tell (RFC 1812 §4.3.2.8): between that number and the size it spoke of, silence is the same word once more.
 * Larger ones may have vanished before they came to it, and smaller ones behind it.
 *
 *      1400 named            1450 unanswered          1500 refused
 *        |─────────────────────────●───────────────────────|           1450 is refused as well
 */

import type { Outcome } from './bracket.ts';

export class Refusals {
  readonly #known: { readonly size: number; readonly nextHopMtu: number }[] = [];
  /** The smallest MTU that was named; `null` before the first. */
  smallest: number | null = null;

  /** @param size of the probe that was refused; `null` where it is not known. @param nextHopMtu 0 names none (RFC 1191 §3). */
  note(size: number | null, nextHopMtu: number): void {
    if (nextHopMtu === 0) return;
    this.smallest = Math.min(this.smallest ?? nextHopMtu, nextHopMtu);
    if (size !== null) this.#known.push({ size, nextHopMtu });
  }

  /** What an outcome without an answer amounts to. */
  explain(size: number, outcome: Outcome): Outcome {
    const refusal = this.#known.find((told) => told.nextHopMtu < size && size <= told.size);
    return refusal === undefined ? outcome : { kind: 'told', nextHopMtu: refusal.nextHopMtu, carried: false };
  }
}
