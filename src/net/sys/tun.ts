/** TUN devices: a network interface whose packets are read and written by this process. */

import { closeSync, constants, openSync } from 'node:fs';
import { getSystemErrorName } from 'node:util';
import koffi from 'koffi';
import { EnvironmentError, SyscallError } from '../../errors.ts';

const TUNSETIFF = 0x400454ca; // linux/if_tun.h
const IFF_TUN = 0x0001; // linux/if_tun.h
const IFF_NO_PI = 0x1000; // linux/if_tun.h: bare IP packets
const IFNAMSIZ = 16; // linux/if.h
const IFREQ_BYTES = 40; // struct ifreq, linux/if.h, 64-bit
const POLLFD_BYTES = 8; // struct pollfd, poll.h
const POLLIN = 0x1; // poll.h
const EINTR = 4; // asm-generic/errno-base.h
const EIO = 5; // asm-generic/errno-base.h: the device is down
const EAGAIN = 11; // asm-generic/errno-base.h

const libc = koffi.load(null);
const ioctl = libc.func('int ioctl(int fd, unsigned long request, void *argument)');
const read = libc.func('long read(int fd, void *buffer, size_t length)');
const write = libc.func('long write(int fd, void *buffer, size_t length)');
const ppoll = libc.func('int ppoll(void *fds, unsigned long count, void *timeout, void *mask)');

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
  request.writeUInt16LE(IFF_TUN | IFF_NO_PI, IFNAMSIZ);
  if (ioctl(fd, TUNSETIFF, request) < 0) {
    const errno = koffi.errno();
    closeSync(fd);
    throw failure(`ioctl(TUNSETIFF, ${name})`, errno);
  }
  return fd;
}

/** @returns the packet's length in `buffer`, or null when none is waiting. */
export function readPacket(fd: number, buffer: Buffer): number | null {
  const length = Number(read(fd, buffer, buffer.byteLength));
  if (length >= 0) return length;
  const errno = koffi.errno();
  if (errno === EAGAIN || errno === EINTR) return null;
  throw failure('read(tun)', errno);
}

/** Hands the packet to the device's namespace. A device that is down drops it, as a cable that is unplugged does. */
export function writePacket(fd: number, packet: Buffer): void {
  if (Number(write(fd, packet, packet.byteLength)) >= 0) return;
  const errno = koffi.errno();
  if (errno !== EIO && errno !== EAGAIN) throw failure('write(tun)', errno);
}

/** Blocks the whole thread until one of the descriptors has a packet or `timeoutMs` (fractions allowed) have passed. */
export function waitForPacket(fds: readonly number[], timeoutMs: number): void {
  const polled = Buffer.alloc(fds.length * POLLFD_BYTES);
  fds.forEach((fd, index) => {
    polled.writeInt32LE(fd, index * POLLFD_BYTES);
    polled.writeInt16LE(POLLIN, index * POLLFD_BYTES + 4);
  });
  const timeout = Buffer.alloc(16); // struct timespec, 64-bit
  const nanoseconds = Math.max(0, Math.round(timeoutMs * 1e6));
  timeout.writeBigInt64LE(BigInt(Math.floor(nanoseconds / 1e9)), 0);
  timeout.writeBigInt64LE(BigInt(nanoseconds % 1e9), 8);
  if (ppoll(polled, fds.length, timeout, null) >= 0) return;
  const errno = koffi.errno();
  if (errno !== EINTR) throw failure('ppoll(tun)', errno);
}

function openDevice(): number {
  try {
    return openSync('/dev/net/tun', constants.O_RDWR | constants.O_NONBLOCK);
  } catch (error) {
    throw new EnvironmentError('a link with delay needs /dev/net/tun: run as root, on a kernel with CONFIG_TUN', {
      cause: error,
    });
  }
}

function failure(operation: string, errno: number): SyscallError {
  return new SyscallError(operation, errno, getSystemErrorName(-errno));
}
