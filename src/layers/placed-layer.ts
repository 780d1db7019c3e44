/** A layer before anything was measured in it, and what becomes of it afterwards. */

import type { Report } from '../contract.ts';
import type { Layer } from './contract.ts';

export interface PlacedLayer extends Omit<Layer, 'report'> {
  /** Why nothing can be measured in it, whatever is asked for; `null` where it can. */
  readonly notMeasured: string | null;
  /** What else it may be called by: ids and names of all its containers, names of mounts. Not reported. */
  readonly aliases: readonly string[];
}

/** @param outcome the report of its measurement, or one phrase that says why there is none. */
export function layerOf({ aliases, ...layer }: PlacedLayer, outcome: Report | string): Layer {
  return typeof outcome === 'string'
    ? { ...layer, report: null, notMeasured: outcome }
    : { ...layer, report: outcome, notMeasured: null };
}
