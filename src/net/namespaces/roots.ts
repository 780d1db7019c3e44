/**
 * The files of this process, or of another one, below `/proc/PID/root`.
 *
 * A link there leads where it says in *our* tree: `/var/run`, mostly a link to `/run`, would be our own `/run`, and whoever
 * owns the container could lead us anywhere. So links are followed here, step by step, and never out of the root. What
 * lies on a file system in user space is left alone: its owner answers when it pleases, and this process would wait.
 */

import { lstatSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Mount } from './mounts.ts';
import { typesAbove } from './mounts.ts';
import { readOr } from './reading.ts';

export interface Root {
  /** `/`, or `/proc/PID/root`. */
  readonly path: string;
  /** What is mounted below; `null` for our own tree, whose links are followed as the kernel does. */
  readonly mounts: readonly Mount[] | null;
}

const MOST_LINKS = 40; // MAXSYMLINKS, linux/namei.h

/** @param path absolute, as a process in that root writes it. @returns a path to open from here, or `null`. */
export function pathIn({ path: root, mounts }: Root, path: string): string | null {
  if (mounts === null) return join(root, path);
  const parts = partsOf(path);
  let place = '/';
  for (let links = 0; parts.length > 0; ) {
    const next = join(place, parts.shift() ?? '');
    if (maySleep(mounts, next)) return null;
    const real = join(root, next);
    const isLink = readOr(() => lstatSync(real).isSymbolicLink());
    if (isLink === null) return null;
    if (!isLink) {
      place = next;
      continue;
    }
    links += 1;
    const target = readOr(() => readlinkSync(real));
    if (target === null || links > MOST_LINKS) return null;
    parts.unshift(...partsOf(target));
    // `join` takes `..` away and stays below `/`.
    if (target.startsWith('/')) place = '/';
  }
  return join(root, place);
}

/**
 * Above all that counts: whoever goes through one asks it, and what was moved over something newer stands before it in the
 * list. Where nothing is, the root lies inside of something that the list leaves out.
 */
function maySleep(mounts: readonly Mount[], path: string): boolean {
  const types = typesAbove(mounts, path);
  return types.length === 0 || types.some((type) => type.startsWith('fuse'));
}

function partsOf(path: string): string[] {
  return path.split('/').filter((part) => part !== '' && part !== '.');
}
