/** Waiting for descriptors that Node's event loop does not know (poll(2)). */

import { LITTLE_ENDIAN, viewOf } from './byte-order.ts';
import { SOCK_CLOEXEC, SOCK_NONBLOCK } from './constants.ts';
import { errno, syscallError } from './errno.ts';
import { lastErrno, libc } from './libc.ts';

const POLLFD_BYTES = 8; // struct pollfd, poll.h
const POLLIN = 0x1; // poll.h
const REVENTS_AT = 6; // struct pollfd, poll.h
const TIMESPEC_BYTES = 16; // struct timespec, 64-bit
const COUNTER_BYTES = 8; // eventfd(2)

function pollSet(fds: readonly number[]): Buffer {
  const polled = Buffer.alloc(fds.length * POLLFD_BYTES);
  fds.forEach((fd, index) => {
    viewOf(polled).setInt32(index * POLLFD_BYTES, fd, LITTLE_ENDIAN);
    viewOf(polled).setInt16(index * POLLFD_BYTES + 4, POLLIN, LITTLE_ENDIAN);
  });
  return polled;
}

function timespec(ms: number): Buffer {
  const time = Buffer.alloc(TIMESPEC_BYTES);
  const nanoseconds = Math.max(0, Math.round(ms * 1e6));
  viewOf(time).setBigInt64(0, BigInt(Math.floor(nanoseconds / 1e9)), LITTLE_ENDIAN);
  viewOf(time).setBigInt64(8, BigInt(nanoseconds % 1e9), LITTLE_ENDIAN);
  return time;
}

/** Blocks the whole thread until one of the descriptors is readable or `timeoutMs` (fractions allowed) have passed. */
export function blockUntilReadable(fds: readonly number[], timeoutMs: number): void {
  if (libc.ppoll(pollSet(fds), fds.length, timespec(timeoutMs), null) >= 0) return;
  const cause = lastErrno();
  if (cause !== errno.EINTR) throw syscallError('ppoll', cause);
}

/**
 * Waits on a thread of Node's pool, so that waiting costs nothing: for readable ones, and for those with an error queue
 * that is not empty.
 *
 * @param timeoutMs after which it resolves empty. Node's end waits for that thread, so it is never without.
 */
export async function untilReadable(fds: readonly number[], timeoutMs: number): Promise<number[]> {
  const polled = pollSet(fds);
  const timeout = timespec(timeoutMs);
  // Negative for a signal alone (poll(2), EINTR): nothing is ready then, and the next call says what else it was.
  const found = await libc.ppollElsewhere(polled, fds.length, timeout, null);
  if (found <= 0) return [];
  const view = viewOf(polled);
  return fds.filter((_, index) => view.getInt16(index * POLLFD_BYTES + REVENTS_AT, LITTLE_ENDIAN) !== 0);
}

/** A descriptor that becomes readable when this process says so, to end a wait of its own. @throws SyscallError */
export function openWaker(): number {
  const fd = libc.eventfd(0, SOCK_NONBLOCK | SOCK_CLOEXEC); // EFD_NONBLOCK and EFD_CLOEXEC are the same (eventfd(2))
  if (fd < 0) throw syscallError('eventfd');
  return fd;
}

export function wake(fd: number): void {
  const one = new Uint8Array(COUNTER_BYTES);
  viewOf(one).setBigUint64(0, 1n, LITTLE_ENDIAN);
  libc.write(fd, one, COUNTER_BYTES);
}
