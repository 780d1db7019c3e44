/** Everything about one path that a finding may speak of. */

import type { Direction, Environment, Verdict } from '../contract.ts';
import { mtuSentence } from '../mtu-to-configure.ts';
import type { Measurement } from '../search/measurement.ts';
import type { LocalInterface } from '../surroundings.ts';
import type { DirectionFacts } from './facts.ts';

/** What is known beside the measurement. */
export interface Around {
  /** The closest first. */
  readonly environments: readonly Environment[];
  /** Somebody asked for that one by name. */
  readonly isChosen?: boolean;
  /** This host's own. */
  readonly interfaces: readonly LocalInterface[];
}

export interface PathView {
  /** The target as people call it. */
  readonly host: string;
  readonly around: Around;
  readonly measurement: Measurement;
  readonly facts: { readonly forward: DirectionFacts; readonly reverse: DirectionFacts };
  readonly forward: Direction;
  readonly reverse: Direction;
  readonly verdict: Verdict;
}

/** The sentence that names the number, behind others; empty when there is none. */
export function advice({ forward, reverse, measurement }: PathView): string {
  const sentence = mtuSentence({ forward, reverse, egress: measurement.egress });
  return sentence === null ? '' : ` ${sentence}`;
}
