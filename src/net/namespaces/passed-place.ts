/**
 * What a process that joined a network namespace tells the program that it becomes: a variable of the environment, which
 * anybody can set. So it carries nothing that is believed: the namespace is compared with the one that this process is
 * in, and whatever does not fit ends it before anything is sent.
 */

import { constants, fstatSync, readFileSync, readlinkSync } from 'node:fs';
import * as v from 'valibot';
import { UsageError } from '../../errors.ts';
import { O_PATH } from '../sys/constants.ts';
import { networkOf } from '../sys/namespace-type.ts';
import { keepToSelf } from '../sys/process.ts';
import { readStat } from './processes.ts';
import { readOr } from './reading.ts';

export const PLACE_VARIABLE = 'MTU_PROBE_PLACE';

const DESCRIPTOR = v.nullable(v.pipe(v.number(), v.integer(), v.minValue(3), v.maxValue(1 << 20)));
const PROCESS = v.pipe(v.number(), v.integer(), v.minValue(1));

const PASSED = v.strictObject({
  /** The network namespace that was joined, `net:[4026531840]`. */
  inode: v.pipe(v.string(), v.regex(/^net:\[\d{1,20}\]$/)),
  /** Descriptor of the root directory of a process in there. */
  root: DESCRIPTOR,
  /** Folder whose files count instead of those in our /etc, where there is no root directory (ip-netns(8)). */
  etc: v.nullable(v.pipe(v.string(), v.startsWith('/'))),
  /** Descriptor of the namespace that was left, where names are to be resolved in it. */
  home: DESCRIPTOR,
  /** The process in there whose environment counts. */
  pid: v.nullable(PROCESS),
  /** Whoever is to take this process along when it ends. */
  parent: v.nullable(PROCESS),
  /** The process that joined, and when it began: execve(2) changes neither, and everybody else has others. */
  self: v.strictObject({ pid: PROCESS, startedAt: v.number() }),
});

export type PassedPlace = Omit<v.InferOutput<typeof PASSED>, 'self'>;

/** @returns the value of the variable. */
export function passPlace(place: PassedPlace): string {
  return JSON.stringify({ ...place, self: self() });
}

/**
 * Takes the variable out of the environment, so that no program that this one starts believes it.
 *
 * @throws UsageError when somebody else set it, or it is wrong.
 */
export function takePassedPlace(environment: Record<string, string | undefined>): PassedPlace {
  const value = environment[PLACE_VARIABLE] ?? '';
  delete environment[PLACE_VARIABLE];
  const parsed = v.safeParse(PASSED, json(value));
  if (!parsed.success) throw foreign('is not what this program wrote');
  const { self: joined, ...place } = parsed.output;
  if (joined.pid !== self().pid || joined.startedAt !== self().startedAt)
    throw foreign('was written by another process');
  const inode = readlinkSync('/proc/self/ns/net');
  if (inode !== place.inode) throw foreign(`says ${place.inode}, and this process is in ${inode}`);
  if (place.root !== null && !isFolder(place.root)) throw foreign('names no root directory');
  if (place.home !== null && !isNetwork(place.home)) throw foreign('names no network namespace');
  for (const fd of [place.root, place.home]) if (fd !== null) keepToSelf(fd);
  return place;
}

function foreign(what: string): UsageError {
  return new UsageError(`${PLACE_VARIABLE} ${what}: unset it, and name the place with --netns, --pid or --container`);
}

function self(): { readonly pid: number; readonly startedAt: number } {
  return { pid: process.pid, startedAt: readStat('/proc', 'self')?.startedAt ?? 0 };
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/**
 * By how it was opened (proc_pid_fdinfo(5)), and without looking at it: it may be of a file system in user space, whose
 * owner never answers.
 */
function isFolder(fd: number): boolean {
  const info = readOr(() => readFileSync(`/proc/self/fdinfo/${fd}`, 'utf8')) ?? '';
  const flags = Number.parseInt(/^flags:\s*([0-7]+)$/m.exec(info)?.[1] ?? '0', 8);
  return (flags & O_PATH) !== 0 && (flags & constants.O_DIRECTORY) !== 0;
}

function isNetwork(fd: number): boolean {
  return isOpen(fd) && networkOf(fd) !== null;
}

function isOpen(fd: number): boolean {
  try {
    fstatSync(fd);
    return true;
  } catch {
    return false;
  }
}
