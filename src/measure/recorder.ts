/** The append-only record of one path's probes, in the order in which they were decided. */

import type { DirectionName, Evidence, Method, OutcomeName } from '../contract.ts';
import type { Outcome } from '../search/bracket.ts';
import type { Clock } from './channel.ts';

export class Recorder {
  readonly #clock: Clock;
  readonly #start: number;
  readonly #evidence: Evidence[] = [];
  /** Segments that were lost and repaired by their sender, whatever their size. */
  repairs = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#start = clock.now();
  }

  get evidence(): readonly Evidence[] {
    return this.#evidence;
  }

  /** Milliseconds since the start of the path's run, to the microsecond. */
  at(instant: number): number {
    return Math.round((instant - this.#start) * 1000) / 1000;
  }

  note(
    probe: {
      readonly method: Method;
      readonly direction: DirectionName;
      readonly size: number;
      readonly sentAt: number;
    },
    outcome: OutcomeName,
    told?: { readonly from: string | null; readonly nextHopMtu: number | null },
    largestFragment?: number,
  ): void {
    const { method, direction, size } = probe;
    const sentAtMs = this.at(probe.sentAt);
    const answered =
      outcome === 'no-answer' || outcome === 'missing' ? {} : { answeredAtMs: this.at(this.#clock.now()) };
    const nextHop = told === undefined || told.nextHopMtu === null ? {} : { nextHopMtu: told.nextHopMtu };
    const from = outcome === 'packet-too-big' ? { from: told?.from ?? null } : {};
    const pieces = largestFragment === undefined ? {} : { largestFragment };
    this.#evidence.push({ method, direction, size, outcome, ...from, ...nextHop, ...pieces, sentAtMs, ...answered });
  }

  /** Names the router behind a Packet Too Big that TCP obeyed without saying whose it was. */
  nameSender(match: (evidence: Evidence) => boolean, from: string): void {
    this.#evidence.forEach((entry, index) => {
      if (entry.outcome === 'packet-too-big' && entry.from === null && match(entry)) {
        this.#evidence[index] = { ...entry, from };
      }
    });
  }
}

/** The report's word for an outcome of a forward probe. */
export function outcomeName(outcome: Outcome): OutcomeName {
  switch (outcome.kind) {
    case 'arrived':
      return 'arrived';
    case 'missing':
      return 'missing';
    case 'told':
      return 'packet-too-big';
    case 'limited':
      return 'local-limit';
    case 'none':
      return 'no-answer';
  }
}
