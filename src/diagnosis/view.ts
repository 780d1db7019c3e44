/** Everything about one path that a finding may speak of. */

import type { Direction, Verdict } from '../contract.ts';
import type { Measurement } from '../search/measurement.ts';
import type { DirectionFacts } from './facts.ts';

export interface PathView {
  /** The target as people call it. */
  readonly host: string;
  readonly measurement: Measurement;
  readonly facts: { readonly forward: DirectionFacts; readonly reverse: DirectionFacts };
  readonly forward: Direction;
  readonly reverse: Direction;
  readonly verdict: Verdict;
}

/**
 * The MTU that makes every packet fit: the smallest path MTU of the directions that were measured.
 *
 * @returns `null` while none is proved, or when nothing smaller than the interface's own is needed.
 */
function mtuToConfigure({ measurement, forward, reverse }: PathView): number | null {
  const sizes = [forward.pathMtu, reverse.pathMtu].filter((size) => size !== null);
  const smallest = Math.min(...sizes);
  return sizes.length > 0 && smallest < measurement.egress.mtu ? smallest : null;
}

/** The sentence that names the number; empty when there is none. */
export function advice(view: PathView): string {
  const mtu = mtuToConfigure(view);
  const { egress } = view.measurement;
  return mtu === null
    ? ''
    : ` Set the MTU of ${egress.interface} and of the network behind it to ${mtu} (it is ${egress.mtu}).`;
}
