/** A TCP socket that listens and keeps each SYN as it arrived, which Node's own server cannot be told to do. */

import type { Family } from '../../contract.ts';
import type { Endpoint } from '../../endpoint.ts';
import {
  IPPROTO_IPV6,
  IPPROTO_TCP,
  IPV6_V6ONLY,
  SO_REUSEADDR,
  SOCK_CLOEXEC,
  SOCK_NONBLOCK,
  SOCK_STREAM,
  SOL_SOCKET,
  TCP_SAVE_SYN,
  TCP_SAVED_SYN,
} from './constants.ts';
import { lastErrno, libc } from './libc.ts';
import { decodeSockaddr, SOCKADDR_BYTES } from './sockaddr.ts';
import { bind, closeSocket, openSocket, setOption } from './socket.ts';

export interface Accepted {
  readonly fd: number;
  readonly peer: Endpoint;
}

const BACKLOG = 511; // Node's own (net.Server.listen); the kernel caps it at net.core.somaxconn
/** IP header with options or extension headers, TCP header with options: 60 bytes each for IPv4 (RFC 791, RFC 9293). */
const SYN_BYTES = 512;

/** @returns a file descriptor, or the negative error number of `socket`, `bind` or `listen`. */
export function openListener(family: Family, endpoint: Endpoint): number {
  const fd = openSocket(family, SOCK_STREAM, 0);
  if (fd < 0) return fd;
  try {
    setOption(fd, SOL_SOCKET, SO_REUSEADDR, 1);
    if (family === 6) setOption(fd, IPPROTO_IPV6, IPV6_V6ONLY, 1);
    // Where it is not known, reports lack what they would say of the SYN.
    libc.setsockopt(fd, IPPROTO_TCP, TCP_SAVE_SYN, Int32Array.of(1), 4);
  } catch (error) {
    closeSocket(fd);
    throw error;
  }
  const bound = bind(fd, endpoint);
  const listening = bound < 0 ? bound : outcome(libc.listen(fd, BACKLOG));
  if (listening < 0) closeSocket(fd);
  return listening < 0 ? listening : fd;
}

/** @returns the next connection, or the negative error number. */
export function acceptConnection(listener: number): Accepted | number {
  const sockaddr = new Uint8Array(SOCKADDR_BYTES);
  const fd = libc.accept4(listener, sockaddr, Uint32Array.of(SOCKADDR_BYTES), SOCK_NONBLOCK | SOCK_CLOEXEC);
  if (fd < 0) return -lastErrno();
  const peer = decodeSockaddr(sockaddr);
  if (peer === null) throw new TypeError('a connection that is neither IPv4 nor IPv6');
  return { fd, peer };
}

/** IP and TCP headers of the SYN, which the kernel then forgets; `null` where it has not kept it (gVisor). */
export function takeSavedSyn(fd: number): Uint8Array | null {
  const syn = new Uint8Array(SYN_BYTES);
  const length = Uint32Array.of(SYN_BYTES);
  const [filled = 0] = libc.getsockopt(fd, IPPROTO_TCP, TCP_SAVED_SYN, syn, length) < 0 ? [] : length;
  return filled === 0 ? null : syn.subarray(0, filled);
}

function outcome(result: number): number {
  return result < 0 ? -lastErrno() : result;
}
