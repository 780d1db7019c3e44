/** Network interfaces of this process's network namespace. */

import { readFileSync } from 'node:fs';
import { LITTLE_ENDIAN, viewOf } from './byte-order.ts';
import { AF_INET, IFNAMSIZ, IFREQ_BYTES, SIOCGIFMTU, SOCK_CLOEXEC, SOCK_DGRAM } from './constants.ts';
import { syscallError } from './errno.ts';
import { libc } from './libc.ts';

const SIOCGIFFLAGS = 0x8913; // linux/sockios.h
const SIOCGIFADDR = 0x8915; // linux/sockios.h
const SIOCGIFNETMASK = 0x891b; // linux/sockios.h
const SIOCGIFHWADDR = 0x8927; // linux/sockios.h
const NAMES: Readonly<Record<number, string>> = {
  [SIOCGIFMTU]: 'SIOCGIFMTU',
  [SIOCGIFFLAGS]: 'SIOCGIFFLAGS',
  [SIOCGIFADDR]: 'SIOCGIFADDR',
  [SIOCGIFNETMASK]: 'SIOCGIFNETMASK',
  [SIOCGIFHWADDR]: 'SIOCGIFHWADDR',
};
const SIN_ADDR_AT = 4; // struct sockaddr_in, linux/in.h
const MAC_BYTES = 6; // linux/if_ether.h, ETH_ALEN

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
  return viewOf(askOf(name, SIOCGIFMTU)).getInt32(IFNAMSIZ, LITTLE_ENDIAN);
}

/** IFF_* of linux/if.h. @throws SyscallError when there is no interface of that name. */
export function interfaceFlags(name: string): number {
  return viewOf(askOf(name, SIOCGIFFLAGS)).getUint16(IFNAMSIZ, LITTLE_ENDIAN);
}

/** As /sys writes it, `02:42:ac:11:00:02`. @throws SyscallError when there is no interface of that name. */
export function hardwareAddress(name: string): string {
  const bytes = askOf(name, SIOCGIFHWADDR).subarray(IFNAMSIZ + 2, IFNAMSIZ + 2 + MAC_BYTES);
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(':');
}

/** Its first IPv4 address with prefix length. @throws SyscallError when it has none (EADDRNOTAVAIL). */
export function firstIpv4Address(name: string): string {
  const [address, mask] = [SIOCGIFADDR, SIOCGIFNETMASK].map((request) =>
    askOf(name, request).subarray(IFNAMSIZ + SIN_ADDR_AT, IFNAMSIZ + SIN_ADDR_AT + 4),
  );
  const bits = [...(mask ?? [])].map((byte) => byte.toString(2)).join('');
  return `${[...(address ?? [])].join('.')}/${bits.replaceAll('0', '').length}`;
}

/** A `struct ifreq` with the answer in it. */
function askOf(name: string, request: number): Buffer {
  const fd = libc.socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (fd < 0) throw syscallError('socket');
  try {
    const answer = Buffer.alloc(IFREQ_BYTES);
    answer.write(name, 0, IFNAMSIZ - 1);
    if (libc.ioctl(fd, request, answer) < 0) throw syscallError(`ioctl(${NAMES[request]}, ${name})`);
    return answer;
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
