/** What becomes of this process with its parent, and of its descriptors with its children. */

import { constants } from 'node:os';
import { F_GETFD, F_SETFD, FD_CLOEXEC } from './constants.ts';
import { syscallError } from './errno.ts';
import { libc } from './libc.ts';

const PR_SET_PDEATHSIG = 1; // linux/prctl.h

/**
 * SIGKILL for this process as soon as its parent has ended.
 *
 * It stays over execve(2), but where that gives rights (a file capability, to somebody who is not root): what is
 * executed then has to ask for it anew (PR_SET_PDEATHSIG(2const)).
 *
 * @param parent its process id: it may have ended before this was asked for.
 * @throws SyscallError
 */
export function dieWithParent(parent: number): void {
  if (libc.prctl(PR_SET_PDEATHSIG, constants.signals.SIGKILL, 0, 0, 0) !== 0) {
    throw syscallError('prctl(PR_SET_PDEATHSIG)');
  }
  if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL');
}

/** No program that this process starts has the descriptor. @throws SyscallError when it is not open. */
export function keepToSelf(fd: number): void {
  const flags = libc.fcntl(fd, F_GETFD, 0);
  if (flags < 0 || libc.fcntl(fd, F_SETFD, flags | FD_CLOEXEC) < 0) throw syscallError(`fcntl(${fd}, F_SETFD)`);
}
