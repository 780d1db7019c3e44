/** The error queue of a socket (ip(7), IP_RECVERR): who reported what about which datagram. */

import { LITTLE_ENDIAN, viewOf } from './byte-order.ts';
import { IP_RECVERR, IPPROTO_IP, IPPROTO_IPV6, IPV6_RECVERR, MSG_DONTWAIT, MSG_ERRQUEUE } from './constants.ts';
import { errno, syscallError } from './errno.ts';
import { addressOf, lastErrno, libc } from './libc.ts';
import { decodeSockaddr } from './sockaddr.ts';

export interface QueuedError {
  readonly errno: number;
  /** `local` is this host's own refusal to send. */
  readonly origin: 'local' | 'icmp';
  /** Next-hop MTU, or the limit of this host, with `EMSGSIZE`. */
  readonly mtu: number;
  /** Who reported it; `null` for this host. */
  readonly from: string | null;
  /** What was quoted of the datagram, from behind its IP header on. */
  readonly payload: Uint8Array;
}

const SO_EE_ORIGIN_LOCAL = 1; // linux/errqueue.h
const EXTENDED_ERROR_BYTES = 16; // struct sock_extended_err, linux/errqueue.h; the offender's address follows
const MSGHDR_BYTES = 56; // struct msghdr, bits/socket.h, 64-bit
const IOVEC_BYTES = 16; // struct iovec, bits/types/struct_iovec.h, 64-bit
const CMSGHDR_BYTES = 16; // struct cmsghdr, bits/socket.h, 64-bit
const CONTROL_BYTES = 512;
const QUOTE_BYTES = 1500; // RFC 1812 §4.3.2.3 quotes up to 576, RFC 4443 §2.4 up to 1280

/**
 * `struct msghdr` with all that it points to, in one piece: a pointer keeps nothing alive, so that parts of their own
 * would be collected under the kernel's hands.
 */
const memory = new Uint8Array(MSGHDR_BYTES + IOVEC_BYTES + CONTROL_BYTES + QUOTE_BYTES);
const CONTROL_AT = MSGHDR_BYTES + IOVEC_BYTES;
const QUOTE_AT = CONTROL_AT + CONTROL_BYTES;

/** @returns the oldest error, taken off the queue; `null` when it is empty. */
export function takeQueuedError(fd: number): QueuedError | null {
  const view = viewOf(memory);
  const setWord = (at: number, value: bigint): void => view.setBigUint64(at, value, LITTLE_ENDIAN);
  const base = addressOf(memory);
  setWord(16, base + BigInt(MSGHDR_BYTES)); // msg_iov
  setWord(24, 1n); // msg_iovlen
  setWord(32, base + BigInt(CONTROL_AT)); // msg_control
  setWord(40, BigInt(CONTROL_BYTES)); // msg_controllen: the room before the call, what is used of it after
  setWord(MSGHDR_BYTES, base + BigInt(QUOTE_AT)); // iov_base
  setWord(MSGHDR_BYTES + 8, BigInt(QUOTE_BYTES)); // iov_len
  const length = libc.recvmsg(fd, memory, MSG_ERRQUEUE | MSG_DONTWAIT);
  if (length < 0) {
    const cause = lastErrno();
    if (cause === errno.EAGAIN) return null;
    throw syscallError('recvmsg(MSG_ERRQUEUE)', cause);
  }
  const used = Number(view.getBigUint64(40, LITTLE_ENDIAN));
  const quote = Uint8Array.from(memory.subarray(QUOTE_AT, QUOTE_AT + length));
  return decode(memory.subarray(CONTROL_AT, CONTROL_AT + used), quote);
}

function decode(entries: Uint8Array, payload: Uint8Array): QueuedError {
  const view = viewOf(entries);
  for (let at = 0; at + CMSGHDR_BYTES + EXTENDED_ERROR_BYTES <= entries.byteLength; ) {
    const length = Number(view.getBigUint64(at, LITTLE_ENDIAN));
    const [level, type] = [view.getInt32(at + 8, LITTLE_ENDIAN), view.getInt32(at + 12, LITTLE_ENDIAN)];
    const isError = (level === IPPROTO_IP && type === IP_RECVERR) || (level === IPPROTO_IPV6 && type === IPV6_RECVERR);
    if (isError) return decodeError(entries.subarray(at + CMSGHDR_BYTES, at + length), payload);
    at += Math.max(CMSGHDR_BYTES, (length + 7) & ~7); // CMSG_ALIGN
  }
  throw new TypeError('an entry of the error queue without an error');
}

function decodeError(bytes: Uint8Array, payload: Uint8Array): QueuedError {
  const view = viewOf(bytes);
  return {
    errno: view.getUint32(0, LITTLE_ENDIAN),
    origin: view.getUint8(4) === SO_EE_ORIGIN_LOCAL ? 'local' : 'icmp',
    mtu: view.getUint32(8, LITTLE_ENDIAN),
    from: decodeSockaddr(bytes.subarray(EXTENDED_ERROR_BYTES))?.address ?? null,
    payload,
  };
}
