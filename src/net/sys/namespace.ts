/**
 * Into another network namespace, and into another program.
 *
 * setns(2) moves the calling thread and no other, and Node has started a dozen of them before its first line. What must be
 * wholly inside joins on the main thread and then becomes another program: execve(2) ends all other threads, and
 * those that the new program starts are where the main thread is. Without execve, only what the main thread does itself
 * is inside: calls of this folder, and the synchronous ones of `node:fs`.
 */

import { constants } from 'node:fs';
import { LITTLE_ENDIAN, viewOf } from './byte-order.ts';
import { CAP_SYS_ADMIN, takeUp } from './capabilities.ts';
import { CLONE_NEWNET, F_GETFD, F_SETFD, FD_CLOEXEC, O_PATH, SOCK_CLOEXEC } from './constants.ts';
import { errno, syscallError } from './errno.ts';
import { addressOf, lastErrno, libc } from './libc.ts';

const POINTER_BYTES = 8; // 64-bit
/** Node marks them, too, so that a program which replaces this one would have none (uv_disable_stdio_inheritance). */
const STANDARD_STREAMS = [0, 1, 2];

/**
 * - `read`: a file, or a namespace to join; a pipe that nobody writes to does not block.
 * - `folder`: a place to start paths from, `/proc/PID/root`; it cannot be read.
 */
export type Purpose = 'read' | 'folder';

/** @returns a descriptor that no other program inherits unless it is kept, or the negative error number. */
export function openPath(path: string, purpose: Purpose = 'read'): number {
  if (path.includes('\0')) return -errno.EINVAL;
  const flags = purpose === 'read' ? constants.O_RDONLY | constants.O_NONBLOCK : O_PATH | constants.O_DIRECTORY;
  const fd = libc.open(path, flags | SOCK_CLOEXEC);
  return fd < 0 ? -lastErrno() : fd;
}

/**
 * Moves this thread into a network namespace, by an open descriptor of it. Takes CAP_SYS_ADMIN here and over there.
 *
 * @returns zero or the negative error number: EPERM without the right, EINVAL when it is no network namespace.
 */
export function joinNetwork(fd: number): number {
  takeUp(CAP_SYS_ADMIN);
  return libc.setns(fd, CLONE_NEWNET) < 0 ? -lastErrno() : 0;
}

/**
 * Becomes another program, as `spawn` would start it, with the same process number and standard streams.
 *
 * @param file a path; PATH is not searched. @param args without the name of the program.
 * @param kept descriptors that it inherits under their numbers.
 * @throws SyscallError when it cannot be started; TypeError for a word with a zero byte.
 */
export function execute(
  file: string,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  kept: readonly number[],
): never {
  const words = [file, ...args];
  const variables = Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value}`]));
  const memory = stringArrays(words, variables);
  for (const fd of STANDARD_STREAMS) keep(fd, true);
  for (const fd of kept) keep(fd, false);
  libc.execve(file, memory, addressOf(memory) + BigInt((words.length + 1) * POINTER_BYTES));
  throw syscallError(`execve(${file})`);
}

/**
 * Two arrays of pointers, each ended by a null pointer, and behind them the strings that they point to: in one piece,
 * since a pointer keeps nothing alive.
 */
function stringArrays(...arrays: readonly (readonly string[])[]): Uint8Array {
  const strings = arrays.map((array) => array.map(terminated));
  const pointerBytes = arrays.reduce((sum, array) => sum + (array.length + 1) * POINTER_BYTES, 0);
  const textBytes = strings.flat().reduce((sum, text) => sum + text.byteLength, 0);
  const memory = new Uint8Array(pointerBytes + textBytes);
  const view = viewOf(memory);
  const start = addressOf(memory);
  let pointerAt = 0;
  let textAt = pointerBytes;
  for (const array of strings) {
    for (const text of array) {
      memory.set(text, textAt);
      view.setBigUint64(pointerAt, start + BigInt(textAt), LITTLE_ENDIAN);
      pointerAt += POINTER_BYTES;
      textAt += text.byteLength;
    }
    pointerAt += POINTER_BYTES;
  }
  return memory;
}

function terminated(text: string): Uint8Array {
  if (text.includes('\0')) throw new TypeError('a word for another program holds a zero byte');
  return Buffer.from(`${text}\0`);
}

/** @param mayBeClosed that there is none of that number is no mistake. */
function keep(fd: number, mayBeClosed: boolean): void {
  const flags = libc.fcntl(fd, F_GETFD, 0);
  if (flags < 0 && mayBeClosed) return;
  if (flags < 0 || libc.fcntl(fd, F_SETFD, flags & ~FD_CLOEXEC) < 0) throw syscallError(`fcntl(${fd}, F_SETFD)`);
}
