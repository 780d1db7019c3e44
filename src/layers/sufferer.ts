import { mtuToConfigure } from '../mtu-to-configure.ts';
import type { Layer } from './contract.ts';
import { hasHole, holeOf, type Standing, standingOf } from './standing.ts';
import { type Step, stepsOf, wayOut } from './way-out.ts';

/** One layer before one step of its way out. */
export interface Sufferer {
  readonly layer: Layer;
  readonly step: Step;
  readonly standing: Standing;
  /** The smallest MTU from the step on outwards, and what is measured to arrive, if that is less. */
  readonly fits: number;
  /** Names of layers further out that lose packets of the same sizes: then the step is not what breaks it. */
  readonly lostFurtherOut: readonly string[];
}

export function sufferersOf(layer: Layer, layers: readonly Layer[]): Sufferer[] {
  const places = wayOut(layer, layers);
  return stepsOf(places).map((step) => {
    const beyond = places.slice(places.indexOf(step.outer));
    const standing = standingOf(layer, step.outer.mtu);
    const size = standing.kind === 'broken' ? standing.size : null;
    const outside = new Set(beyond.map(({ netns }) => netns).filter((netns) => netns !== layer.netns));
    const lostFurtherOut = layers.filter((one) => size !== null && outside.has(one.netns) && holeOf(one) === size);
    return {
      layer,
      step,
      standing,
      fits: Math.min(...beyond.map(({ mtu }) => mtu), ...(standing.kind === 'broken' ? measuredToFit(layer) : [])),
      lostFurtherOut: lostFurtherOut.map(({ name }) => name),
    };
  });
}

/** Where packets vanish the number has to be one that arrives, even if more would fit on this machine. */
function measuredToFit({ report }: Layer): number[] {
  return (report?.paths ?? [])
    .filter(hasHole)
    .map(mtuToConfigure)
    .filter((mtu) => mtu !== null);
}
