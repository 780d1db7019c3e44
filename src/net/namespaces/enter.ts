/**
 * This process goes into another network namespace and starts again there: one process id, the same standard streams, and
 * nobody in between who would have to pass signals on.
 *
 * ```
 * mtu-probe run --pid 4711 …        joins on its main thread; its other threads stay outside
 *    └─ execve ─▶ mtu-probe run …   all threads inside; compares /proc/self/ns/net before it sends anything
 * ```
 */

import { readlinkSync } from 'node:fs';
import { EnvironmentError, PrivilegeError, UsageError } from '../../errors.ts';
import { type ProgramName, program } from '../../shipped.ts';
import { errno, errnoName } from '../sys/errno.ts';
import { execute, joinNetwork, openPath } from '../sys/namespace.ts';
import type { Place } from './open-place.ts';
import { type PassedPlace, PLACE_VARIABLE, passPlace } from './passed-place.ts';
import { whyNotJoined } from './privilege.ts';

/** Whose names count: those of the files in there, or those of where this process was started. */
export type Names = 'container' | 'here';

export type Entered = Pick<Place, 'netns' | 'inode' | 'pid' | 'root' | 'etc'>;

/**
 * @param words of the command line, without those that name the place.
 * @throws PrivilegeError, UsageError, EnvironmentError with one line; nothing was sent, and this process is to end.
 */
export function enterPlace(place: Entered, words: readonly string[], names: Names = 'container'): never {
  const { netns, inode, pid, root, etc } = place;
  const home = names === 'here' ? openHome() : null;
  return become('cli/main', netns, { inode, pid, root, etc, home, parent: null }, words);
}

/** Joins, and becomes one of our programs. @throws as `enterPlace`. */
export function become(name: ProgramName, netns: number, passed: PassedPlace, words: readonly string[]): never {
  // Who is there already needs no right, and may have none: in a user namespace with the network of its host.
  const joined = readlinkSync('/proc/self/ns/net') === passed.inode ? 0 : joinNetwork(netns);
  if (joined === -errno.EPERM) {
    throw new PrivilegeError(`${passed.inode} cannot be joined (EPERM): ${whyNotJoined()}`);
  }
  if (joined === -errno.EINVAL)
    throw new UsageError(`${passed.inode} is not a network namespace: give the path of one`);
  if (joined < 0) throw new EnvironmentError(`${passed.inode} cannot be joined (${errnoName(-joined)})`);
  const [node = '', ...rest] = program(name, ...words);
  const kept = [passed.root, passed.home].filter((fd) => fd !== null);
  const environment = { ...process.env, [PLACE_VARIABLE]: passPlace(passed) };
  return execute(node, [...process.execArgv, ...rest], environment, kept);
}

/** The namespace that this process is about to leave. */
export function openHome(): number {
  const fd = openPath('/proc/self/ns/net');
  if (fd < 0) throw new EnvironmentError(`${readlinkSync('/proc/self/ns/net')} cannot be opened (${errnoName(-fd)})`);
  return fd;
}
