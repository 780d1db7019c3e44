/** TUN devices: a network interface whose packets are read and written by this process. */

import { accessSync, closeSync, constants, openSync } from 'node:fs';
import { EnvironmentError } from '../../errors.ts';
import { LITTLE_ENDIAN, viewOf } from './byte-order.ts';
import { IFNAMSIZ, IFREQ_BYTES } from './constants.ts';
import { errno, syscallError } from './errno.ts';
import { lastErrno, libc } from './libc.ts';

const DEVICE = '/dev/net/tun'; // linux/Documentation/networking/tuntap.rst
const TUNSETIFF = 0x400454ca; // linux/if_tun.h
const IFF_TUN = 0x0001; // linux/if_tun.h
const IFF_NO_PI = 0x1000; // linux/if_tun.h: bare IP packets

/**
 * Creates the device in this process's network namespace; it lives until the file descriptor is closed, and may be
 * moved to another namespace meanwhile.
 *
 * @returns a non-blocking file descriptor.
 * @throws EnvironmentError when `/dev/net/tun` is absent or not ours to open; SyscallError when the name is taken.
 */
export function openTun(name: string): number {
  const fd = openDevice();
  const request = Buffer.alloc(IFREQ_BYTES);
  request.write(name, 0, IFNAMSIZ - 1, 'latin1');
  viewOf(request).setUint16(IFNAMSIZ, IFF_TUN | IFF_NO_PI, LITTLE_ENDIAN);
  if (libc.ioctl(fd, TUNSETIFF, request) < 0) {
    const error = syscallError(`ioctl(TUNSETIFF, ${name})`);
    closeSync(fd);
    throw error;
  }
  return fd;
}

/** @returns the packet's length in `buffer`, or null when none is waiting. */
export function readPacket(fd: number, buffer: Buffer): number | null {
  const length = libc.read(fd, buffer, buffer.byteLength);
  if (length >= 0) return length;
  const cause = lastErrno();
  if (cause === errno.EAGAIN || cause === errno.EINTR) return null;
  throw syscallError('read(tun)', cause);
}

/** Hands the packet to the device's namespace. A device that is down drops it, as a cable that is unplugged does. */
export function writePacket(fd: number, packet: Buffer): void {
  if (libc.write(fd, packet, packet.byteLength) >= 0) return;
  const cause = lastErrno();
  if (cause !== errno.EIO && cause !== errno.EAGAIN) throw syscallError('write(tun)', cause);
}

function openDevice(): number {
  requireTun();
  return openSync(DEVICE, constants.O_RDWR | constants.O_NONBLOCK);
}

/** @throws EnvironmentError when `/dev/net/tun` is absent or not ours to open. */
export function requireTun(): void {
  try {
    accessSync(DEVICE, constants.R_OK | constants.W_OK);
  } catch (error) {
    throw new EnvironmentError(`a link with delay needs ${DEVICE}: run as root, on a kernel with CONFIG_TUN`, {
      cause: error,
    });
  }
}
