/** Network interfaces of this process's network namespace. */

import { readFileSync } from 'node:fs';
import { LITTLE_ENDIAN, viewOf } from './byte-order.ts';
import { AF_INET, IFNAMSIZ, IFREQ_BYTES, SIOCGIFMTU, SOCK_CLOEXEC, SOCK_DGRAM } from './constants.ts';
import { syscallError } from './errno.ts';
import { libc } from './libc.ts';

/** @returns the interface's number, or `null` when there is none of that name. */
export function interfaceIndex(name: string): number | null {
  const index = libc.ifNameToIndex(name);
  return index === 0 ? null : index;
}

/** @throws SyscallError when there is no interface of that number. */
export function interfaceName(index: number): string {
  const name = Buffer.alloc(IFNAMSIZ);
  if (libc.ifIndexToName(index, name) === null) throw syscallError(`if_indextoname(${index})`);
  return cString(name);
}

/** @throws SyscallError when there is no interface of that name. */
export function interfaceMtu(name: string): number {
  const fd = libc.socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (fd < 0) throw syscallError('socket');
  try {
    const request = Buffer.alloc(IFREQ_BYTES);
    request.write(name, 0, IFNAMSIZ - 1, 'latin1');
    if (libc.ioctl(fd, SIOCGIFMTU, request) < 0) throw syscallError(`ioctl(SIOCGIFMTU, ${name})`);
    return viewOf(request).getInt32(IFNAMSIZ, LITTLE_ENDIAN);
  } finally {
    libc.close(fd);
  }
}

/**
 * Names of all interfaces, up or not. From `/proc` and not `/sys`, which keeps showing the network namespace that it
 * was mounted in.
 */
export function interfaceNames(): string[] {
  const table = readFileSync('/proc/self/net/dev', 'latin1');
  return [...table.matchAll(/^\s*([^\s:]+):/gm)].flatMap(([, name]) => name ?? []);
}

function cString(bytes: Buffer): string {
  return bytes.toString('latin1', 0, bytes.indexOf(0));
}
