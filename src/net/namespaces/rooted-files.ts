/**
 * Files of somebody else's root directory, read through a descriptor of it. Everything in there may be hostile.
 *
 * ```
 * root/etc/resolv.conf ─▶ /run/systemd/resolve/stub-resolv.conf       a link that begins with / means that root, and
 *                         └─ opened below root, never below ours      no number of .. leads out of it
 * ```
 * The kernel follows a link from /proc/PID/root/… to where it points in the namespace of whoever asks, which is this
 * process: so each link is read and walked here, one name at a time, by descriptors that cannot be exchanged meanwhile.
 */

import { closeSync, constants, fstatSync, openSync, readlinkSync } from 'node:fs';
import { textFrom } from '../beginning-of.ts';
import { O_PATH } from '../sys/constants.ts';

const MOST_LINKS = 40; // path_resolution(7)
const LONGEST_PATH = 4096; // linux/limits.h, PATH_MAX
const MOST_STEPS = 256; // each keeps a descriptor open; a real way has a dozen

/** Where `/` is, as an open descriptor. */
export interface Root {
  readonly fd: number;
}

/**
 * @param path absolute. @param longest bytes that are read; the rest is left out.
 * @returns `null` where there is no such regular file, or it may not be read. Pipes and devices are never opened.
 */
export function beginningOf(root: Root, path: string, longest: number): string | null {
  return walked(root, path, (place) => {
    // By its own descriptor: what the path leads to by now does not matter.
    if (!fstatSync(place).isFile()) return null;
    const file = openSync(throughDescriptor(place), constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      return textFrom(file, longest);
    } finally {
      closeSync(file);
    }
  });
}

/** Whether there is anything of that name; a link that leads nowhere is nothing. */
export function isThere(root: Root, path: string): boolean {
  return walked(root, path, () => true) ?? false;
}

/** Hands over a descriptor (`O_PATH`) of what the path leads to. Nothing that the other side can do throws. */
function walked<Result>({ fd }: Root, path: string, use: (place: number) => Result): Result | null {
  const opened: number[] = [];
  try {
    const place = walk(fd, path, opened);
    return place === null ? null : use(place);
  } catch (error) {
    if (isSystemError(error)) return null;
    throw error;
  } finally {
    for (const each of opened) closeSync(each);
  }
}

/** @param opened gets every descriptor that was opened, to be closed by the caller. */
function walk(root: number, path: string, opened: number[]): number | null {
  /** Folders that led here, the innermost last. */
  let way: number[] = [];
  let left = path.split('/');
  let links = 0;
  for (let name = left.shift(); name !== undefined; name = left.shift()) {
    if (name === '' || name === '.') continue;
    if (name === '..') {
      way.pop();
      continue;
    }
    if (opened.length === MOST_STEPS) return null;
    const within = way.at(-1) ?? root;
    const place = openSync(`${throughDescriptor(within)}/${name}`, O_PATH | constants.O_NOFOLLOW);
    opened.push(place);
    if (!fstatSync(place).isSymbolicLink()) {
      way.push(place);
      continue;
    }
    links += 1;
    const target = readlinkSync(`${throughDescriptor(within)}/${name}`);
    if (links > MOST_LINKS || target.length > LONGEST_PATH) return null;
    if (target.startsWith('/')) way = [];
    left = [...target.split('/'), ...left];
  }
  return way.at(-1) ?? root;
}

function throughDescriptor(fd: number): string {
  return `/proc/self/fd/${fd}`;
}

function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'errno' in error;
}
