/** TCP sockets as the measurement needs them: the MSS fixed before connecting, and what the kernel knows afterwards. */

import type { Family } from '../../contract.ts';
import { MalformedPacketError } from '../../wire/malformed.ts';
import { tcpBytesSent } from '../../wire/tcp-bytes-sent.ts';
import { parseTcpInfo, type TcpInfo } from '../../wire/tcp-info.ts';
import { LITTLE_ENDIAN } from './byte-order.ts';
import {
  IPPROTO_TCP,
  PMTUDISC_DO,
  SO_ERROR,
  SOCK_STREAM,
  SOL_SOCKET,
  TCP_INFO,
  TCP_MAXSEG,
  TCP_NODELAY,
} from './constants.ts';
import { syscallError } from './errno.ts';
import { libc } from './libc.ts';
import { closeSocket, getOption, openSocket, setOption, setPathMtuDiscovery } from './socket.ts';

/** TCP_* of net/tcp_states.h. */
export const TCP_STATE = { established: 1, synSent: 2, synReceived: 3, close: 7 } as const;

export interface TcpReading {
  /** Of `TCP_STATE`, or one of those in which either side has said its last. */
  readonly state: number;
  /** `null` when this kernel tells less than Linux 4.6 does (gVisor, old kernels). */
  readonly info: TcpInfo | null;
  readonly bytesSent: number | null;
}

const INFO_BYTES = 256; // more than any kernel fills (248 in Linux 6.18), so that its length tells what it knows

/**
 * A socket that sets DF, sends every write at once, and advertises `mss` in its SYN.
 *
 * @param mss 88 to 32767 (TCP_MIN_MSS, MAX_TCP_WINDOW, net/tcp.h), as on the wire without options; `null` leaves it to the kernel.
 * @returns a file descriptor, or the negative error number.
 * @throws SyscallError when the MSS is out of range.
 */
export function openTcpSocket(family: Family, mss: number | null): number {
  const fd = openSocket(family, SOCK_STREAM, 0);
  if (fd < 0) return fd;
  try {
    setOption(fd, IPPROTO_TCP, TCP_NODELAY, 1);
    setPathMtuDiscovery(fd, family, PMTUDISC_DO);
    if (mss !== null) setOption(fd, IPPROTO_TCP, TCP_MAXSEG, mss);
    return fd;
  } catch (error) {
    closeSocket(fd);
    throw error;
  }
}

const buffer = new Uint8Array(INFO_BYTES);

/** @throws SyscallError when `fd` is no TCP socket. */
export function readTcpInfo(fd: number): TcpReading {
  const length = Uint32Array.of(INFO_BYTES);
  if (libc.getsockopt(fd, IPPROTO_TCP, TCP_INFO, buffer, length) < 0) throw syscallError('getsockopt(TCP_INFO)');
  const [filled = 0] = length;
  return { state: buffer[0] as number, info: infoOf(filled), bytesSent: tcpBytesSent(buffer, filled, LITTLE_ENDIAN) };
}

function infoOf(length: number): TcpInfo | null {
  try {
    return parseTcpInfo(buffer, length, LITTLE_ENDIAN);
  } catch (error) {
    if (error instanceof MalformedPacketError) return null;
    throw error;
  }
}

/** Error number of a connection that ended, zero when it ended well. Reading takes it away. */
export function takeError(fd: number): number {
  return getOption(fd, SOL_SOCKET, SO_ERROR);
}
