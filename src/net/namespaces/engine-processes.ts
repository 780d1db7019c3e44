/**
 * Programs that make namespaces: engines and runtimes. What they keep is mounted where they are, and mostly nowhere else;
 * an engine inside a container is to be seen from outside through its process.
 */

import { join } from 'node:path';
import { type Mount, readMounts } from './mounts.ts';
import { namespaceLink, type ProcessStat } from './processes.ts';
import { readOr } from './reading.ts';
import type { Root } from './roots.ts';
import type { Scan } from './scan.ts';

/** As /proc/PID/stat has it. Anybody may be called so: what is found there is believed no more than anything else. */
const ENGINES = ['dockerd', 'containerd', 'podman', 'crio', 'buildkitd'] as const;
export type EngineProgram = (typeof ENGINES)[number];
/** Each costs a list of mounts. */
const MOST_ENGINES = 64;

export interface EngineProcess {
  readonly pid: number;
  readonly program: EngineProgram;
  readonly root: Root;
  /** It shares its mounts with this process. */
  readonly isHere: boolean;
}

/** The oldest first; those that may not be looked into are left out. */
export function engineProcesses({ proc, members }: Scan): EngineProcess[] {
  const ownMounts = readOr(() => namespaceLink(proc, 'self', 'mnt'));
  const found = [...members.values()]
    .flat()
    .filter(isEngine)
    .sort((one, other) => one.startedAt - other.startedAt);
  const lists = new Map<string, Mount[]>();
  return found.slice(0, MOST_ENGINES).flatMap(({ pid, comm }) => {
    const namespace = readOr(() => namespaceLink(proc, pid, 'mnt'));
    if (namespace === null) return [];
    // dockerd and its containerd have the same mounts.
    const mounts = lists.get(namespace) ?? readOr(() => readMounts(proc, pid));
    if (mounts === null) return [];
    lists.set(namespace, mounts);
    return [{ pid, program: comm, root: { path: join(proc, `${pid}/root`), mounts }, isHere: namespace === ownMounts }];
  });
}

function isEngine(stat: ProcessStat): stat is ProcessStat & { comm: EngineProgram } {
  return (ENGINES as readonly string[]).includes(stat.comm);
}

/** One of the processes for each tree of files that is not ours: theirs, and that of the first process of all. */
export function foreignRoots({ proc }: Scan, engines: readonly EngineProcess[]): Root[] {
  const own = readOr(() => namespaceLink(proc, 'self', 'mnt'));
  const first = readOr(() => namespaceLink(proc, 1, 'mnt'));
  const mounts = first === null || first === own ? null : readOr(() => readMounts(proc, 1));
  const host = mounts === null ? [] : [{ path: join(proc, '1/root'), mounts }];
  const byMounts = new Map<readonly Mount[] | null, Root>();
  for (const { root, isHere } of engines) if (!isHere && !byMounts.has(root.mounts)) byMounts.set(root.mounts, root);
  return [...host, ...byMounts.values()];
}
