/** Whose driver a network device has, and what it does behind our back; `SIOCETHTOOL` without the `ethtool` program. */

import { LITTLE_ENDIAN, viewOf } from './byte-order.ts';
import { AF_INET, IFNAMSIZ, IFREQ_BYTES, SOCK_CLOEXEC, SOCK_DGRAM } from './constants.ts';
import { syscallError } from './errno.ts';
import { addressOf, libc } from './libc.ts';

const SIOCETHTOOL = 0x8946; // linux/sockios.h
const ETHTOOL_GDRVINFO = 0x3; // linux/ethtool.h
const DRVINFO_BYTES = 196; // struct ethtool_drvinfo, linux/ethtool.h
const DRIVER_AT = 4;
const DRIVER_BYTES = 32;

const VALUE_BYTES = 8; // struct ethtool_value { cmd, data }, data 0 is off, linux/ethtool.h
/** linux/ethtool.h: ETHTOOL_STXCSUM, _SSG, _STSO, _SGSO, _SGRO. */
const OFFLOADS = [0x17, 0x19, 0x1f, 0x24, 0x2c];

/**
 * Switches checksum, scatter-gather, TSO, GSO and GRO of the device off, in this process's network namespace.
 * Otherwise what crosses a link is not packets but bundles of up to 64 kB, which no length rule or MTU judges rightly.
 *
 * @throws SyscallError when the device does not exist or may not be changed.
 */
export function disableOffloads(device: string): void {
  const request = requestOf(device, VALUE_BYTES);
  for (const command of OFFLOADS) ask(request, command, device);
}

/**
 * What the driver calls itself: `veth`, `802.1Q VLAN Support`.
 *
 * @throws SyscallError when there is no such device, or its driver does not say (EOPNOTSUPP).
 */
export function driverOf(device: string): string {
  const request = requestOf(device, DRVINFO_BYTES);
  ask(request, ETHTOOL_GDRVINFO, device);
  const name = request.subarray(IFREQ_BYTES + DRIVER_AT, IFREQ_BYTES + DRIVER_AT + DRIVER_BYTES);
  return name.toString('latin1', 0, Math.max(0, name.indexOf(0)));
}

/** `struct ifreq` and, behind it, what it points to. */
function requestOf(device: string, bytes: number): Buffer {
  const request = Buffer.alloc(IFREQ_BYTES + bytes);
  request.write(device, 0, IFNAMSIZ - 1, 'latin1');
  viewOf(request).setBigUint64(IFNAMSIZ, addressOf(request) + BigInt(IFREQ_BYTES), LITTLE_ENDIAN);
  return request;
}

function ask(request: Buffer, command: number, device: string): void {
  const fd = libc.socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (fd < 0) throw syscallError('socket');
  try {
    viewOf(request).setUint32(IFREQ_BYTES, command, LITTLE_ENDIAN);
    if (libc.ioctl(fd, SIOCETHTOOL, request) < 0) throw syscallError(`ioctl(SIOCETHTOOL, ${device})`);
  } finally {
    libc.close(fd);
  }
}
