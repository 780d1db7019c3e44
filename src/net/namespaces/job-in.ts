/** What a job in the joined place has around it: names, variables, files. It is what the measurement is to go by. */

import { basename, dirname, join } from 'node:path';
import { ResolveError } from '../../errors.ts';
import type { Surroundings } from '../../surroundings.ts';
import { readInterfaces } from '../local-interfaces.ts';
import { containerLookup, NAME_FILES } from '../names/container-lookup.ts';
import { type Environment, PROXY_VARIABLES } from '../proxy.ts';
import type { Lookup } from '../resolve.ts';
import { type Files, filesAt, SIGNS, surroundingsIn, VARIABLES, type Wanted } from '../surroundings.ts';
import { containerFiles } from './container-files.ts';
import { environmentOf } from './environment-of.ts';
import { homeLookup } from './home-lookup.ts';
import type { PassedPlace } from './passed-place.ts';

const OWN_FILES = filesAt('/');
/** The hosts are in both, and as long as names need them: the last one counts. */
const WANTED: readonly Wanted[] = [...new Map([...SIGNS, ...NAME_FILES])];
const NO_FILES: Files = { beginningOf: () => null, isThere: () => false };

export interface Job {
  /** `null` is as every program here resolves them. */
  readonly lookup: Lookup | null;
  readonly environment: Environment;
  surroundings(): Surroundings;
}

/**
 * Where no process is in there, a job comes from here, as with `ip netns exec`: its variables are this process's own, and
 * so are its files, but for those that are kept for that namespace.
 */
export async function jobIn({ inode, root, etc, home, pid }: PassedPlace, own: Environment): Promise<Job> {
  const environment = pid === null ? own : environmentOf(pid, inode, [...VARIABLES, ...PROXY_VARIABLES]);
  const files = root !== null ? await containerFiles(root, WANTED) : etc !== null ? filesFirstIn(etc) : OWN_FILES;
  const hasOwnNames = root !== null || etc !== null;
  return {
    lookup: home !== null ? homeLookup(home) : hasOwnNames ? lookupIn(files) : null,
    environment,
    surroundings: () => surroundingsIn(files ?? NO_FILES, environment, readInterfaces('/')),
  };
}

function lookupIn(files: Files | null): Lookup {
  if (files !== null) return containerLookup(files);
  return async (name) => {
    throw new ResolveError(`${name} cannot be resolved: the files in there do not answer: try --resolver here`);
  };
}

/** What ip-netns(8) would mount over the files of /etc. */
function filesFirstIn(etc: string): Files {
  const placeOf = (path: string): string => {
    const kept = join(etc, basename(path));
    return dirname(path) === '/etc' && OWN_FILES.isThere(kept) ? kept : path;
  };
  return {
    beginningOf: (path, longest) => OWN_FILES.beginningOf(placeOf(path), longest),
    isThere: (path) => OWN_FILES.isThere(placeOf(path)),
  };
}
