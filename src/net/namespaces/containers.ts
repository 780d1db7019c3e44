/**
 * Which containers each namespace holds, and what they are called.
 *
 * A container is mapped by what costs least and tells it:
 * 1. its id in the control group of a process that has been read already; no question, and nobody can talk us out of it;
 * 2. the mount that its engine keeps its network by, at one question each: where control groups are not to be seen.
 *
 * Names come from engines, then from the files of runtimes. Containers in the network of their host are no layer, and
 * are left to where that network is looked at.
 */

import { statSync } from 'node:fs';
import { placesInCgroup } from '../../layers/cgroups.ts';
import type { SeenContainer, SeenNamespace } from '../../layers/seen.ts';
import { networkNamed } from '../sys/namespace-type.ts';
import { detailsOf, type ListedContainer, listContainers } from './docker-engines.ts';
import type { EngineProcess } from './engine-processes.ts';
import { reachableEngines } from './engines.ts';
import { networkMounts } from './mounts.ts';
import { podOfContainer, podsWithLogs } from './pod-names.ts';
import { readOr } from './reading.ts';
import { pathIn, type Root } from './roots.ts';
import type { Scan } from './scan.ts';

export interface ContainerSurroundings {
  readonly root: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly engines: readonly EngineProcess[];
  /** Trees of files that are not ours. */
  readonly roots: readonly Root[];
  readonly scan: Scan;
  readonly namespaces: readonly SeenNamespace[];
}

export interface KnownContainers {
  /** By `net:[4026531840]`. */
  readonly containers: ReadonlyMap<string, readonly SeenContainer[]>;
  readonly unseen: readonly string[];
}

/** @throws what the signal says. */
export async function knownContainers(
  surroundings: ContainerSurroundings,
  signal: AbortSignal,
): Promise<KnownContainers> {
  const { root, environment, engines, roots, scan, namespaces } = surroundings;
  const reachable = reachableEngines({ root, environment, proc: scan.proc, engines });
  const { listed, unseen } = await listContainers(reachable, signal);
  // Ours comes first: an engine inside a container that claims to have one of ours does not rename it.
  const byId = new Map(listed.toReversed().map((entry) => [entry.container.id, entry]));
  const trees: Root[] = [{ path: root, mounts: null }, ...roots];
  const found = new Map<string, SeenContainer[]>();
  const placed = new Map<string, string>();
  const pods = lazily(() => podsWithLogs(trees));
  for (const { netns, oldest, representative } of namespaces) {
    const cgroups = [oldest, representative].flatMap((process) => process?.cgroups ?? []);
    for (const { containerId, podUid } of cgroups.map(placesInCgroup)) {
      if (containerId === null || placed.has(containerId)) continue;
      placed.set(containerId, netns);
      const known = byId.get(containerId)?.container ?? bare(containerId);
      add(found, netns, known.pod === null && podUid !== null ? inPod(known, podUid, trees, pods) : known);
    }
  }
  // An engine names any file: only what is a namespace in this sight is one.
  const seen = new Set(namespaces.map(({ netns }) => netns));
  for (const [netns, container] of await bySandbox(listed, placed, signal)) {
    if (seen.has(netns)) add(found, netns, container);
  }
  return { containers: found, unseen };
}

function bare(id: string): SeenContainer {
  return { id, name: null, pod: null, containerOfPod: null };
}

type Pods = () => ReturnType<typeof podsWithLogs>;

function inPod(container: SeenContainer, uid: string, trees: readonly Root[], pods: Pods): SeenContainer {
  const byBundle = podOfContainer(container.id, trees);
  return { ...container, ...byBundle, pod: byBundle.pod ?? pods().get(uid) ?? null };
}

/** Those of the engines that no control group has placed. */
async function bySandbox(
  listed: readonly ListedContainer[],
  placed: ReadonlyMap<string, string>,
  signal: AbortSignal,
): Promise<[netns: string, container: SeenContainer][]> {
  const missing = listed.filter(
    ({ container, networkMode }) => !placed.has(container.id) && hasOwnNetwork(networkMode),
  );
  const details = await detailsOf(missing, signal);
  const inSandbox = [...details].flatMap(([{ container, engine }, { sandbox }]): [string, SeenContainer][] => {
    const netns = sandbox === null ? null : mountedAt(engine.root, sandbox);
    return netns === null ? [] : [[netns, container]];
  });
  const all = new Map([...placed, ...inSandbox.map(([netns, { id }]): [string, string] => [id, netns])]);
  const joined = listed.flatMap(({ container, networkMode }): [string, SeenContainer][] => {
    const netns = all.get(/^container:(.+)$/.exec(networkMode ?? '')?.[1] ?? '');
    return netns === undefined || all.has(container.id) ? [] : [[netns, container]];
  });
  return [...inSandbox, ...joined];
}

function hasOwnNetwork(mode: string | null): boolean {
  return mode !== 'host' && !mode?.startsWith('container:');
}

/** The network namespace that is mounted there, in the tree of its engine. */
export function mountedAt(root: Root, place: string): string | null {
  const path = pathIn(root, place);
  if (path === null) return null;
  if (root.mounts === null) {
    const found = readOr(() => statSync(path));
    return found === null || found.isDirectory() ? null : networkNamed(found.ino);
  }
  const inRoot = path.slice(root.path.length);
  return networkMounts(root.mounts).findLast((mount) => mount.place === inRoot)?.source ?? null;
}

function add(found: Map<string, SeenContainer[]>, netns: string, container: SeenContainer): void {
  const others = found.get(netns);
  if (others === undefined) found.set(netns, [container]);
  else others.push(container);
}

function lazily<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
