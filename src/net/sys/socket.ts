/**
 * Sockets that never block. Calls that the network can make fail return what the kernel itself does: a result, or the
 * negative error number. Calls that only a mistake of ours can make fail throw.
 */

import type { Family } from '../../contract.ts';
import type { Endpoint } from '../../endpoint.ts';
import {
  F_DUPFD_CLOEXEC,
  IP_MTU_DISCOVER,
  IP_TTL,
  IPPROTO_IP,
  IPPROTO_IPV6,
  IPV6_MTU_DISCOVER,
  IPV6_UNICAST_HOPS,
  MSG_DONTWAIT,
  MSG_NOSIGNAL,
  SO_BINDTODEVICE,
  SO_LINGER,
  SOCK_CLOEXEC,
  SOCK_NONBLOCK,
  SOL_SOCKET,
} from './constants.ts';
import { syscallError } from './errno.ts';
import { lastErrno, libc, type Memory } from './libc.ts';
import { addressFamily, decodeSockaddr, encodeSockaddr, SOCKADDR_BYTES } from './sockaddr.ts';

/** @param type `SOCK_STREAM`, `SOCK_DGRAM` or `SOCK_RAW`. @returns a file descriptor, or the negative error number. */
export function openSocket(family: Family, type: number, protocol: number): number {
  return outcome(libc.socket(addressFamily(family), type | SOCK_NONBLOCK | SOCK_CLOEXEC, protocol));
}

export function closeSocket(fd: number): void {
  libc.close(fd);
}

/** A second descriptor of the same socket, for an owner that closes it by itself. @throws SyscallError (EMFILE). */
export function duplicate(fd: number): number {
  const copy = libc.fcntl(fd, F_DUPFD_CLOEXEC, 0);
  if (copy < 0) throw syscallError('fcntl(F_DUPFD_CLOEXEC)');
  return copy;
}

/** @throws SyscallError when the kernel does not know the option or refuses the value. */
export function setOption(fd: number, level: number, option: number, value: number): void {
  if (libc.setsockopt(fd, level, option, Int32Array.of(value), 4) < 0) {
    throw syscallError(`setsockopt(${level}, ${option}, ${value})`);
  }
}

/** @throws SyscallError as `setOption` does. */
export function setBytesOption(fd: number, level: number, option: number, value: Uint8Array): void {
  if (libc.setsockopt(fd, level, option, value, value.byteLength) < 0)
    throw syscallError(`setsockopt(${level}, ${option})`);
}

/** @throws SyscallError when the kernel does not know the option. */
export function getOption(fd: number, level: number, option: number): number {
  const value = new Int32Array(1);
  if (libc.getsockopt(fd, level, option, value, Uint32Array.of(4)) < 0) {
    throw syscallError(`getsockopt(${level}, ${option})`);
  }
  return value[0] as number;
}

/** @param mode one of `PMTUDISC_*`. */
export function setPathMtuDiscovery(fd: number, family: Family, mode: number): void {
  if (family === 4) setOption(fd, IPPROTO_IP, IP_MTU_DISCOVER, mode);
  else setOption(fd, IPPROTO_IPV6, IPV6_MTU_DISCOVER, mode);
}

/** How often what this socket sends from now on may be forwarded, and one more. */
export function setHops(fd: number, family: Family, hops: number): void {
  if (family === 4) setOption(fd, IPPROTO_IP, IP_TTL, hops);
  else setOption(fd, IPPROTO_IPV6, IPV6_UNICAST_HOPS, hops);
}

/** `close` then sends a RST and forgets what was not acknowledged, instead of sending it again for minutes. */
export function setAbortOnClose(fd: number): void {
  if (libc.setsockopt(fd, SOL_SOCKET, SO_LINGER, Int32Array.of(1, 0), 8) < 0)
    throw syscallError('setsockopt(SO_LINGER)');
}

/** @returns zero or the negative error number. */
export function bindToDevice(fd: number, name: string): number {
  const value = new TextEncoder().encode(name);
  return outcome(libc.setsockopt(fd, SOL_SOCKET, SO_BINDTODEVICE, value, value.byteLength));
}

/** @returns zero or the negative error number. */
export function bind(fd: number, endpoint: Endpoint): number {
  const sockaddr = encodeSockaddr(endpoint);
  return outcome(libc.bind(fd, sockaddr, sockaddr.byteLength));
}

/** @returns zero or the negative error number; `-EINPROGRESS` for TCP. */
export function connect(fd: number, endpoint: Endpoint): number {
  const sockaddr = encodeSockaddr(endpoint);
  return outcome(libc.connect(fd, sockaddr, sockaddr.byteLength));
}

export function localEndpoint(fd: number): Endpoint {
  const sockaddr = new Uint8Array(SOCKADDR_BYTES);
  if (libc.getsockname(fd, sockaddr, Uint32Array.of(SOCKADDR_BYTES)) < 0) throw syscallError('getsockname');
  const endpoint = decodeSockaddr(sockaddr);
  if (endpoint === null) throw new TypeError('getsockname of a socket that is neither IPv4 nor IPv6');
  return endpoint;
}

/** @returns the bytes taken, or the negative error number. */
export function send(fd: number, bytes: Uint8Array): number {
  return outcome(libc.send(fd, bytes, bytes.byteLength, MSG_DONTWAIT | MSG_NOSIGNAL));
}

/** @returns the bytes taken, or the negative error number. */
export function sendTo(fd: number, bytes: Uint8Array, sockaddr: Uint8Array): number {
  const flags = MSG_DONTWAIT | MSG_NOSIGNAL;
  return outcome(libc.sendto(fd, bytes, bytes.byteLength, flags, sockaddr, sockaddr.byteLength));
}

/** @returns the bytes received, or the negative error number. */
export function receive(fd: number, buffer: Memory & Uint8Array, flags = 0): number {
  return outcome(libc.recv(fd, buffer, buffer.byteLength, flags | MSG_DONTWAIT));
}

function outcome(result: number): number {
  return result < 0 ? -lastErrno() : result;
}
