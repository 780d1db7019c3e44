/** Turns off what a network device does behind our back; `SIOCETHTOOL` without the `ethtool` program. */

import { LITTLE_ENDIAN, viewOf } from './byte-order.ts';
import { AF_INET, IFNAMSIZ, IFREQ_BYTES, SOCK_DGRAM } from './constants.ts';
import { syscallError } from './errno.ts';
import { addressOf, libc } from './libc.ts';

const SIOCETHTOOL = 0x8946; // linux/sockios.h

/** linux/ethtool.h: ETHTOOL_STXCSUM, _SSG, _STSO, _SGSO, _SGRO. */
const OFFLOADS = [0x17, 0x19, 0x1f, 0x24, 0x2c];

/**
 * Switches checksum, scatter-gather, TSO, GSO and GRO of the device off, in this process's network namespace.
 * Otherwise what crosses a link is not packets but bundles of up to 64 kB, which no length rule or MTU judges rightly.
 *
 * @throws SyscallError when the device does not exist or may not be changed.
 */
export function disableOffloads(device: string): void {
  const fd = libc.socket(AF_INET, SOCK_DGRAM, 0);
  if (fd < 0) throw syscallError('socket');
  try {
    // struct ifreq and, behind it, what it points to: struct ethtool_value { cmd, data }, data 0 is off (linux/ethtool.h).
    const request = Buffer.alloc(IFREQ_BYTES + 8);
    request.write(device, 0, IFNAMSIZ - 1, 'latin1');
    viewOf(request).setBigUint64(IFNAMSIZ, addressOf(request) + BigInt(IFREQ_BYTES), LITTLE_ENDIAN);
    for (const command of OFFLOADS) {
      viewOf(request).setUint32(IFREQ_BYTES, command, LITTLE_ENDIAN);
      if (libc.ioctl(fd, SIOCETHTOOL, request) < 0) throw syscallError(`ioctl(SIOCETHTOOL, ${device})`);
    }
  } finally {
    libc.close(fd);
  }
}
