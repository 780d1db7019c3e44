/** What a job in the joined place has around it: names, variables, files. It is what the measurement is to go by. */

import { basename, dirname, join } from 'node:path';
import type { Surroundings } from '../../surroundings.ts';
import { readInterfaces } from '../local-interfaces.ts';
import { containerLookup } from '../names/container-lookup.ts';
import { type Environment, PROXY_VARIABLES } from '../proxy.ts';
import type { Lookup } from '../resolve.ts';
import { type Files, filesAt, surroundingsIn, VARIABLES } from '../surroundings.ts';
import { environmentOf } from './environment-of.ts';
import { homeLookup } from './home-lookup.ts';
import type { PassedPlace } from './passed-place.ts';
import { beginningOf, isThere } from './rooted-files.ts';

const OWN_FILES = filesAt('/');

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
export function jobIn({ inode, root, etc, home, pid }: PassedPlace, own: Environment): Job {
  const environment = pid === null ? own : environmentOf(pid, inode, [...VARIABLES, ...PROXY_VARIABLES]);
  const files = root !== null ? filesBelow(root) : etc !== null ? filesFirstIn(etc) : OWN_FILES;
  const hasOwnNames = root !== null || etc !== null;
  return {
    lookup: home !== null ? homeLookup(home) : hasOwnNames ? containerLookup(files) : null,
    environment,
    surroundings: () => surroundingsIn(files, environment, readInterfaces('/')),
  };
}

function filesBelow(root: number): Files {
  return {
    beginningOf: (path, longest) => beginningOf({ fd: root }, path, longest),
    isThere: (path) => isThere({ fd: root }, path),
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
