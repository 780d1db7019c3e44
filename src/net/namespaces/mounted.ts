/** Network namespaces that a mount keeps: those of `ip netns`, of engines, of network plug-ins. */

import { readdirSync, readlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Mount, networkMounts, readMounts } from './mounts.ts';
import { readOr } from './reading.ts';
import { pathIn, type Root } from './roots.ts';
import type { Scan } from './scan.ts';

/** Where `ip netns` looks for names (ip-netns(8)). */
export const NAMED = '/run/netns';
const MOST_NAMES = 4096;

export interface MountedNamespace {
  readonly netns: string;
  /** Without folders. */
  readonly name: string;
  /** To open it by, from this process. */
  readonly path: string;
  readonly isHere: boolean;
}

/** @param root where `/` is. @param foreign other trees, each with the list of what is mounted in it. */
export function mountedNamespaces({ proc }: Scan, root: string, foreign: readonly Root[]): MountedNamespace[] {
  const own = networkMounts(readOr(() => readMounts(proc, 'self')) ?? []);
  return [
    ...own.map(({ source, place }) => mounted(source, join(root, place), true)),
    ...linked(root),
    ...foreign.flatMap((tree) => networkMounts(tree.mounts ?? []).flatMap((mount) => mountedIn(tree, mount))),
  ];
}

/** Its way there may have become a link, or a file system in user space, that somebody laid over it: then it is left out. */
function mountedIn(tree: Root, { source, place }: Mount): MountedNamespace[] {
  const path = pathIn(tree, place);
  return path === join(tree.path, place) ? [mounted(source, path, false)] : [];
}

function mounted(netns: string, path: string, isHere: boolean): MountedNamespace {
  return { netns, name: basename(path), path, isHere };
}

const OF_PROCESS = /^\/proc\/[1-9]\d*\/ns\/net$/;

/** `ln -s /proc/PID/ns/net /run/netns/NAME` makes a name for `ip netns` too. Of our own tree only: elsewhere it leads astray. */
function linked(root: string): MountedNamespace[] {
  const folder = join(root, NAMED);
  const names = readOr(() => readdirSync(folder)) ?? [];
  return names.slice(0, MOST_NAMES).flatMap((name) => {
    const path = join(folder, name);
    const target = readOr(() => readlinkSync(path));
    if (target === null || !OF_PROCESS.test(target)) return [];
    const netns = readOr(() => readlinkSync(join(root, target)));
    return netns === null ? [] : [mounted(netns, path, true)];
  });
}
