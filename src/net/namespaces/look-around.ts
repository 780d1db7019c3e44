/**
 * All network namespaces that can be seen from here: those of processes, and those that only a mount keeps.
 *
 * Nothing is joined and nothing is sent but questions to Docker engines, on their sockets.
 */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { SeenNamespace, SeenProcess, Sight } from '../../layers/seen.ts';
import { CAP_SYS_PTRACE, takeUp } from '../sys/capabilities.ts';
import { knownContainers } from './containers.ts';
import { engineProcesses, foreignRoots } from './engine-processes.ts';
import { type MountedNamespace, mountedNamespaces } from './mounted.ts';
import { ONLY_OWN_PROCESSES, whyUnseen } from './privilege.ts';
import { describeProcess, effectiveCapabilities, type ProcessStat } from './processes.ts';
import { PAUSE, type Scan, scanProcesses } from './scan.ts';

export interface LookedFrom {
  /** Where `/` is, for tests. */
  readonly root: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Kubernetes, service accounts: in every pod, unless it was switched off. */
const POD = 'var/run/secrets/kubernetes.io/serviceaccount';
/** moby, daemon/initlayer; podman-run(1). */
const CONTAINER: readonly string[] = ['.dockerenv', 'run/.containerenv'];

/** @throws what the signal says. */
export async function lookAround(
  signal: AbortSignal,
  { root, environment }: LookedFrom = { root: '/', environment: process.env },
): Promise<Sight> {
  takeUp(CAP_SYS_PTRACE);
  const scan = await scanProcesses(root, signal);
  const engines = engineProcesses(scan);
  const roots = foreignRoots(scan, engines);
  const mounted = mountedNamespaces(scan, root, roots);
  const here = placeOf(scan, root);
  const bare = seenNamespaces(scan, mounted, here);
  const { containers, unseen } = await knownContainers(
    { root, environment, engines, roots, scan, namespaces: bare },
    signal,
  );
  const namespaces = bare.map((seen) => ({ ...seen, containers: containers.get(seen.netns) ?? [] }));
  return { here, namespaces, unseen: [...unseenIn(scan), ...unseen] };
}

/** What runtimes put into containers; whoever sees the whole machine is on it for all that matters here. */
function placeOf({ isWhole }: Scan, root: string): Sight['here'] {
  if (isWhole) return 'machine';
  if (existsSync(join(root, POD))) return 'pod';
  return CONTAINER.some((file) => existsSync(join(root, file))) ? 'container' : 'machine';
}

function seenNamespaces(scan: Scan, mounted: readonly MountedNamespace[], here: Sight['here']): SeenNamespace[] {
  const mounts = new Map<string, MountedNamespace[]>([...scan.members.keys()].map((netns) => [netns, []]));
  for (const mount of mounted) mounts.set(mount.netns, [...(mounts.get(mount.netns) ?? []), mount]);
  return [...mounts].flatMap(([netns, its]) => seenNamespace(scan, netns, its, here));
}

function seenNamespace(
  scan: Scan,
  netns: string,
  mounted: readonly MountedNamespace[],
  here: Sight['here'],
): SeenNamespace[] {
  const stats = scan.members.get(netns) ?? [];
  const oldest = firstThere(scan.proc, stats);
  const path = pathTo(scan.proc, oldest, mounted);
  // All of its processes ended while they were looked at, and nothing else keeps it.
  if (path === null) return [];
  const programs = stats.filter(({ comm }) => comm !== PAUSE);
  return [
    {
      netns,
      path,
      isOwn: netns === scan.own,
      // Of a container it is the first in there, and its network may be anybody's.
      hasInit: netns === scan.first && here === 'machine',
      mounts: [...new Set(mounted.map(({ name }) => name))],
      processCount: stats.length,
      oldest,
      representative: programs[0]?.pid === oldest?.pid ? oldest : firstThere(scan.proc, programs),
      containers: [],
    },
  ];
}

/** The oldest that has not ended since. */
function firstThere(proc: string, stats: readonly ProcessStat[]): SeenProcess | null {
  for (const stat of stats) {
    const described = describeProcess(proc, stat);
    if (described !== null) return described;
  }
  return null;
}

/** A mount stays when a process ends; of those elsewhere only the process that we see them through knows. */
function pathTo(proc: string, oldest: SeenProcess | null, mounted: readonly MountedNamespace[]): string | null {
  const here = mounted.find(({ isHere }) => isHere);
  if (here !== undefined) return here.path;
  return oldest === null ? (mounted[0]?.path ?? null) : join(proc, `${oldest.pid}/ns/net`);
}

function unseenIn({ proc, forbidden, tooMany, isWhole }: Scan): string[] {
  return [
    ...(forbidden > 0 ? [whyUnseen(forbidden, effectiveCapabilities(proc, 'self'))] : []),
    ...(isWhole ? [] : [ONLY_OWN_PROCESSES]),
    ...(tooMany > 0 ? [`There are ${tooMany} more processes than are looked at.`] : []),
  ];
}
