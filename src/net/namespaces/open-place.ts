/**
 * Opens what was found. A number of a process, or a path, may mean another one a moment later; a descriptor does not.
 */

import { closeSync, constants, openSync, statSync } from 'node:fs';
import { PrivilegeError, UsageError } from '../../errors.ts';
import { oneLine } from '../../report/printable.ts';
import { O_PATH } from '../sys/constants.ts';
import { networkOf } from '../sys/namespace-type.ts';
import { whyNoLooking } from './privilege.ts';
import { readStat } from './processes.ts';
import { reading, readOr } from './reading.ts';

export interface Place {
  /** Descriptor of the network namespace, closed when another program starts. */
  readonly netns: number;
  /** `net:[4026531840]`. */
  readonly inode: string;
  /** Whose names and files a job in there has; `null` where no process is in it. */
  readonly pid: number | null;
  /** Descriptor of the root directory of that process (`O_PATH`). */
  readonly root: number | null;
  /** Folder of files that count in it instead of those in /etc (ip-netns(8)); `null` where there is none. */
  readonly etc: string | null;
  /** For people; part of it may come from outside. */
  readonly name: string;
}

const PROC = '/proc';

/**
 * @param asked what the operator wrote, for messages: `--pid 4711`.
 * @throws UsageError when it has ended, or another one has its number by now; PrivilegeError when it may not be looked into.
 */
export function openProcess(pid: number, asked: string, name: string): Place {
  const before = startOf(pid);
  if (before === null) throw new UsageError(`${asked}: there is no process ${pid}`);
  const netns = opened(() => openSync(`${PROC}/${pid}/ns/net`, constants.O_RDONLY), asked, pid);
  let root: number | null = null;
  try {
    root = opened(() => openSync(`${PROC}/${pid}/root`, O_PATH | constants.O_DIRECTORY), asked, pid);
    if (startOf(pid) !== before) throw ended(asked, pid);
    return { netns, inode: networkOf(netns) ?? '', pid, root, etc: null, name };
  } catch (error) {
    closePlace({ netns, root });
    throw error;
  }
}

/** When it began: a number that is given out again is that of a process with another beginning. Of a zombie `null`. */
function startOf(pid: number): number | null {
  const stat = readOr(() => readStat(PROC, pid));
  return stat === null || stat.isZombie ? null : stat.startedAt;
}

function opened(open: () => number, asked: string, pid: number): number {
  const result = reading(open);
  if (result.kind === 'read') return result.value;
  throw result.kind === 'gone' ? ended(asked, pid) : new PrivilegeError(`${asked}: ${whyNoLooking(`process ${pid}`)}`);
}

function ended(asked: string, pid: number): UsageError {
  return new UsageError(`${asked}: process ${pid} has ended`);
}

/**
 * A namespace by the path of its mount, or of a process. A pipe in its place does not hold this process up.
 *
 * @throws UsageError for what is no network namespace; PrivilegeError for what may not be opened.
 */
export function openNamespace(path: string, asked: string): Pick<Place, 'netns' | 'inode'> {
  const type = reading(() => statSync(path));
  if (type.kind === 'forbidden') throw new PrivilegeError(`${asked}: ${whyNoLooking(oneLine(path))}`);
  if (type.kind === 'gone') throw new UsageError(`${asked}: there is no ${oneLine(path)}`);
  // Opening a device may set it going. Namespaces of all kinds lie in one file system, nsfs, and nothing else does.
  if (type.value.dev !== statSync(`${PROC}/self/ns/net`).dev) throw noNamespace(asked, path);
  const result = reading(() => openSync(path, constants.O_RDONLY | constants.O_NONBLOCK));
  if (result.kind === 'forbidden') throw new PrivilegeError(`${asked}: ${whyNoLooking(oneLine(path))}`);
  if (result.kind === 'gone') throw new UsageError(`${asked}: there is no ${oneLine(path)}`);
  const netns = result.value;
  const inode = networkOf(netns);
  if (inode !== null) return { netns, inode };
  closeSync(netns);
  throw noNamespace(asked, path);
}

function noNamespace(asked: string, path: string): UsageError {
  return new UsageError(
    `${asked}: ${oneLine(path)} is no network namespace: give one such as /run/netns/NAME or /proc/PID/ns/net`,
  );
}

/** Of a place that is not entered. */
export function closePlace({ netns, root }: Pick<Place, 'netns' | 'root'>): void {
  closeSync(netns);
  if (root !== null) closeSync(root);
}
