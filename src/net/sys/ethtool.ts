/** Turns off what a network device does behind our back; `SIOCETHTOOL` without the `ethtool` program. */

import { getSystemErrorName } from 'node:util';
import koffi from 'koffi';
import { SyscallError } from '../../errors.ts';

const AF_INET = 2; // linux/socket.h
const SOCK_DGRAM = 2; // linux/net.h
const SIOCETHTOOL = 0x8946; // linux/sockios.h
const IFNAMSIZ = 16; // linux/if.h
const IFREQ_BYTES = 40; // struct ifreq, linux/if.h, 64-bit

/** linux/ethtool.h: ETHTOOL_STXCSUM, _SSG, _STSO, _SGSO, _SGRO. */
const OFFLOADS = [0x17, 0x19, 0x1f, 0x24, 0x2c];

const libc = koffi.load(null);
const socket = libc.func('int socket(int family, int type, int protocol)');
const ioctl = libc.func('int ioctl(int fd, unsigned long request, void *argument)');
const close = libc.func('int close(int fd)');

/**
 * Switches checksum, scatter-gather, TSO, GSO and GRO of the device off, in this process's network namespace.
 * Otherwise what crosses a link is not packets but bundles of up to 64 kB, which no length rule or MTU judges rightly.
 *
 * @throws SyscallError when the device does not exist or may not be changed.
 */
export function disableOffloads(device: string): void {
  const fd = socket(AF_INET, SOCK_DGRAM, 0);
  if (fd < 0) throw failure('socket', koffi.errno());
  try {
    for (const command of OFFLOADS) {
      const value = Buffer.alloc(8); // struct ethtool_value { cmd, data }, data 0 is off (linux/ethtool.h)
      value.writeUInt32LE(command, 0);
      const request = Buffer.alloc(IFREQ_BYTES);
      request.write(device, 0, IFNAMSIZ - 1, 'latin1');
      request.writeBigUInt64LE(BigInt(koffi.address(value)), IFNAMSIZ);
      if (ioctl(fd, SIOCETHTOOL, request) < 0) throw failure(`ioctl(SIOCETHTOOL, ${device})`, koffi.errno());
    }
  } finally {
    close(fd);
  }
}

function failure(operation: string, errno: number): SyscallError {
  return new SyscallError(operation, errno, getSystemErrorName(-errno));
}
