/** Error numbers of system calls, and what becomes of the ones that no network can cause. */

import { constants } from 'node:os';
import { getSystemErrorName } from 'node:util';
import { SyscallError } from '../../errors.ts';
import { lastErrno } from './libc.ts';

/** Numbers by name; they differ between architectures, so they are Node's. */
export const errno = constants.errno;

/** `ECONNREFUSED` for 111; `E<number>` for one that Node does not know. */
export function errnoName(number: number): string {
  const name = getSystemErrorName(-number);
  return name.startsWith('Unknown') ? `E${number}` : name;
}

/** For a call that failed just now. @param operation the call with what it was about, `ioctl(SIOCGIFMTU, eth0)`. */
export function syscallError(operation: string, number: number = lastErrno()): SyscallError {
  return new SyscallError(operation, number, errnoName(number));
}
