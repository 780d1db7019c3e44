/** Every environment has one remedy. */

import type { Environment, Remedy } from '../../contract.ts';
import { CI } from './ci.ts';
import { CI_AGENTS } from './ci-agents.ts';
import { CLOUDS } from './clouds.ts';
import { CLUSTERS } from './clusters.ts';
import { ENGINES } from './engines.ts';
import { HOSTS } from './hosts.ts';
import { OTHER_ENGINES } from './other-engines.ts';
import { ROUTERS } from './routers.ts';
import type { Place, RemedyRule } from './rule.ts';

/** By kind: the headings of `docs/remedies.md`. */
export const REMEDY_KINDS = [
  { heading: 'Container engines', table: { ...ENGINES, ...OTHER_ENGINES } },
  { heading: 'CI', table: { ...CI, ...CI_AGENTS } },
  { heading: 'Clusters', table: CLUSTERS },
  { heading: 'Clouds', table: CLOUDS },
  { heading: 'Routers', table: ROUTERS },
  { heading: 'Tunnels and hosts', table: HOSTS },
] as const;

export const REMEDIES: Readonly<Record<Environment, RemedyRule>> = {
  ...ENGINES,
  ...OTHER_ENGINES,
  ...CI,
  ...CI_AGENTS,
  ...CLUSTERS,
  ...CLOUDS,
  ...ROUTERS,
  ...HOSTS,
};

export function remedyAt(environment: Environment, place: Place): Remedy {
  const { file, snippet, recreate } = REMEDIES[environment];
  return { environment, file, snippet: snippet(place), recreate };
}
