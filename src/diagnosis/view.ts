/** Everything about one path that a finding may speak of. */

import type { Direction, Environment, Verdict } from '../contract.ts';
import { mtuToConfigure } from '../mtu-to-configure.ts';
import type { Measurement } from '../search/measurement.ts';
import type { LocalInterface } from '../surroundings.ts';
import type { DirectionFacts } from './facts.ts';

/** What is known beside the measurement. */
export interface Around {
  /** The closest first. */
  readonly environments: readonly Environment[];
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

/** The sentence that names the number; empty when there is none. */
export function advice(view: PathView): string {
  const { forward, reverse, measurement } = view;
  const { egress } = measurement;
  const mtu = mtuToConfigure({ forward, reverse, egress });
  if (mtu === egress.mtu) {
    return ` Networks behind ${egress.interface} may have no larger MTU than it: set theirs to ${mtu}.`;
  }
  return mtu === null
    ? ''
    : ` Set the MTU of ${egress.interface} and of the network behind it to ${mtu} (it is ${egress.mtu}).`;
}
