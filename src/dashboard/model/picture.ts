/** Where each direction of a path ends, as what stands on its line between the two ends. */

import type { DirectionName, PathReport } from '../../contract.ts';
import { behaviourWords, mtuWords } from './words.ts';

export interface Lane {
  readonly name: DirectionName;
  /** `1450`, `≥ 1400`, `unknown`. */
  readonly size: string;
  readonly behaviour: string;
  /** Larger ones vanish: the line breaks. */
  readonly broken: boolean;
  /** Who ends it or tells of it, nearest to its sender first; empty where nobody knows. */
  readonly places: readonly string[];
}

export function lanesOf(report: PathReport): readonly [Lane, Lane] {
  return [laneOf('forward', report), laneOf('reverse', report)];
}

function laneOf(name: DirectionName, { [name]: direction }: PathReport): Lane {
  const { hop, packetTooBig, behaviour } = direction;
  const tellers = [
    ...new Set(packetTooBig.map(({ from, nextHopMtu }) => `${from ?? 'a router'} says ${nextHopMtu || 'no size'}`)),
  ];
  const end =
    hop === null
      ? []
      : [
          `ends behind ${hop.address ?? 'a router'} (hop ${hop.ttl}), before ${hop.next.address ?? 'the next'} (hop ${hop.next.ttl})`,
        ];
  return {
    name,
    size: mtuWords(direction),
    behaviour: behaviourWords(behaviour),
    broken: behaviour === 'silent' || behaviour === 'delayed',
    places: [...tellers, ...end],
  };
}
