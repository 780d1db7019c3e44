/** The error queue of a socket (ip(7), IP_RECVERR): who reported what about which datagram. */

import { LITTLE_ENDIAN, viewOf } from './byte-order.ts';
import { IP_RECVERR, IPPROTO_IP, IPPROTO_IPV6, IPV6_RECVERR, MSG_DONTWAIT, MSG_ERRQUEUE } from './constants.ts';
import { errno, syscallError } from './errno.ts';
import { Message } from './message.ts';
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

/** Of a socket that is not connected. */
export interface QueuedDatagramError extends QueuedError {
  /** `struct sockaddr` of whom the datagram was sent to. */
  readonly to: Uint8Array;
}

const SO_EE_ORIGIN_LOCAL = 1; // linux/errqueue.h
const EXTENDED_ERROR_BYTES = 16; // struct sock_extended_err, linux/errqueue.h; the offender's address follows
const QUOTE_BYTES = 1500; // RFC 1812 §4.3.2.3 quotes up to 576, RFC 4443 §2.4 up to 1280

const message = new Message(QUOTE_BYTES);

/** @returns the oldest error, taken off the queue; `null` when it is empty. */
export function takeQueuedError(fd: number): QueuedDatagramError | null {
  const length = message.receive(fd, MSG_ERRQUEUE | MSG_DONTWAIT);
  if (length === -errno.EAGAIN) return null;
  if (length < 0) throw syscallError('recvmsg(MSG_ERRQUEUE)', -length);
  const bytes = message.control(IPPROTO_IP, IP_RECVERR) ?? message.control(IPPROTO_IPV6, IPV6_RECVERR);
  if (bytes === null || bytes.byteLength < EXTENDED_ERROR_BYTES)
    throw new TypeError('an entry of the error queue without an error');
  const view = viewOf(bytes);
  return {
    errno: view.getUint32(0, LITTLE_ENDIAN),
    origin: view.getUint8(4) === SO_EE_ORIGIN_LOCAL ? 'local' : 'icmp',
    mtu: view.getUint32(8, LITTLE_ENDIAN),
    from: decodeSockaddr(bytes.subarray(EXTENDED_ERROR_BYTES))?.address ?? null,
    payload: Uint8Array.from(message.payload(length)),
    to: message.name(),
  };
}
