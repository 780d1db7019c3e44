/** Which container engines, CI systems and clusters this process runs in, as far as documented signs show it. */

import type { Environment } from '../../contract.ts';
import type { Surroundings } from '../../surroundings.ts';

/** @returns the closest first: the one whose configuration decides about the network of this process. */
export function environmentsOf(_surroundings: Surroundings): readonly Environment[] {
  return [];
}
