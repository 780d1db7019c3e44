/**
 * The loss rule of one wave of datagrams: largest first, a small sentinel last, no timeout.
 *
 *   sent      1500  1450  1400  sentinel
 *   answered              1400  sentinel     => 1500 and 1450 are missing, one guard after the last answer
 *
 * A size is missing when the sentinel and every smaller, later probe that will answer has answered and the guard has
 * passed. Only when nothing answers at all is a full timeout paid, and then nothing is known.
 */

import type { Outcome } from './bracket.ts';
import { guardMs, type Timing } from './timing.ts';

export interface DatagramProbe {
  readonly id: number;
  readonly size: number;
}

/** The longest round trip that is waited for when nothing is known of the path (RFC 6298 §2.1: initial RTO). */
const SILENCE_MS = 1000;
/** The same when TCP has measured the round trip: routers answer echo on a slower path than they forward on. */
const SILENCE_RTTS = 4;
const SHORTEST_SILENCE_MS = 300;
/** A host's answer to a large packet may be scheduled later than to the sentinel. */
const SHORTEST_GUARD_MS = 50;

export class DatagramWave {
  readonly #latencyMs: number;
  readonly #sentAt: number;
  readonly #probes: readonly DatagramProbe[];
  readonly #sentinel: DatagramProbe;
  readonly #outcomes = new Map<number, Outcome>();
  #sentinelAt: number | null = null;
  #lastAnswerAt: number;

  /**
   * @param sentinel the last and smallest probe of the wave.
   * @param latencyMs how long an answer may take beyond its way, where it is not heard at once.
   */
  constructor(probes: readonly DatagramProbe[], sentinel: DatagramProbe, now: number, latencyMs = 0) {
    this.#latencyMs = latencyMs;
    this.#probes = probes;
    this.#sentinel = sentinel;
    this.#sentAt = now;
    this.#lastAnswerAt = now;
  }

  /** Round-trip time of the sentinel; `null` until it is answered. */
  get rttMs(): number | null {
    return this.#sentinelAt === null ? null : this.#sentinelAt - this.#sentAt;
  }

  /** @returns false when no probe of this wave has that id, or it was answered before: the first evidence stands. */
  onOutcome(id: number, outcome: Outcome, now: number): boolean {
    if (id === this.#sentinel.id) {
      if (outcome.kind !== 'arrived' || this.#sentinelAt !== null) return false;
      this.#sentinelAt = now;
      this.#lastAnswerAt = now;
      return true;
    }
    if (this.#outcomes.has(id) || !this.#probes.some((probe) => probe.id === id)) return false;
    this.#outcomes.set(id, outcome);
    if (outcome.kind === 'arrived') this.#lastAnswerAt = now;
    return true;
  }

  /** When `poll` is to be asked again at the latest. */
  deadline(timing: Timing | null): number {
    if (this.#anyArrived())
      return Math.max(this.#lastAnswerAt, this.#sentAt + this.#latencyMs) + this.#patience(timing);
    const silence = timing === null ? SILENCE_MS : Math.max(SHORTEST_SILENCE_MS, SILENCE_RTTS * timing.rttMs);
    return this.#sentAt + silence + this.#latencyMs;
  }

  /**
   * What became of every probe, sentinel excluded; `null` while answers may still come.
   *
   * @param timing of the path, from earlier waves or from TCP; `null` when nothing is known.
   */
  poll(now: number, timing: Timing | null): ReadonlyMap<DatagramProbe, Outcome> | null {
    const open = this.#probes.filter((probe) => !this.#outcomes.has(probe.id));
    if (open.length > 0 && now < this.deadline(timing)) return null;
    const seen = this.#anyArrived();
    return new Map(
      this.#probes.map((probe) => [probe, this.#outcomes.get(probe.id) ?? { kind: seen ? 'missing' : 'none' }]),
    );
  }

  #anyArrived(): boolean {
    return this.#sentinelAt !== null;
  }

  #patience(timing: Timing | null): number {
    const rttMs = timing?.rttMs ?? this.rttMs ?? 0;
    return Math.max(SHORTEST_GUARD_MS, guardMs(timing ?? { rttMs, jitterMs: 0 }), rttMs / 2);
  }
}
