/** Which container engines, CI systems and clusters this process runs in, as far as documented signs show it. */

import type { Environment } from '../../contract.ts';
import type { Surroundings } from '../../surroundings.ts';
import { CI_RULES } from './ci.ts';
import { CLUSTER_RULES } from './clusters.ts';
import { ENGINE_BESIDE, ENGINE_RULES, NESTED_ENGINE } from './engines.ts';
import type { EnvironmentRule } from './rule.ts';

/**
 * ```
 * CI ▶ engine that this is in ▶ network of the cluster ▶ cluster ▶ engine beside this ▶ engine of the host
 * ```
 * A CI system comes first: its file is the one that whoever reads the report can change.
 */
export const ENVIRONMENT_RULES: readonly EnvironmentRule[] = [
  ...CI_RULES,
  NESTED_ENGINE,
  ...CLUSTER_RULES,
  ENGINE_BESIDE,
  ...ENGINE_RULES,
];

/** @returns the closest first: the one whose configuration decides about the network of this process. */
export function environmentsOf(surroundings: Surroundings): readonly Environment[] {
  const seen = ENVIRONMENT_RULES.filter((rule) => rule.seen(surroundings));
  return [...new Set(seen.map(({ environment }) => environment))];
}
