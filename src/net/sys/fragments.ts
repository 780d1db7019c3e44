/** Datagrams of a connected socket, and whether they came in one piece (ip(7), IP_RECVFRAGSIZE). */

import type { Family } from '../../contract.ts';
import { LITTLE_ENDIAN, viewOf } from './byte-order.ts';
import { IP_RECVFRAGSIZE, IPPROTO_IP, IPPROTO_IPV6, IPV6_RECVFRAGSIZE, MSG_DONTWAIT } from './constants.ts';
import { Message } from './message.ts';
import { setOption } from './socket.ts';

export interface Pieced {
  /** A copy. */
  readonly bytes: Uint8Array;
  /** Size of the largest fragment; `null` when it came in one piece. */
  readonly largestFragment: number | null;
}

const LARGEST_PACKET = 65535; // RFC 791 §3.1
const OPTION = { 4: [IPPROTO_IP, IP_RECVFRAGSIZE], 6: [IPPROTO_IPV6, IPV6_RECVFRAGSIZE] } as const;
const message = new Message(LARGEST_PACKET);

/** From here on the kernel says it of what comes in. */
export function watchFragments(fd: number, family: Family): void {
  const [level, option] = OPTION[family];
  setOption(fd, level, option, 1);
}

/** @returns the next datagram, or the negative error number. */
export function receivePieced(fd: number, family: Family): Pieced | number {
  const length = message.receive(fd, MSG_DONTWAIT);
  if (length < 0) return length;
  const [level, option] = OPTION[family];
  const said = message.control(level, option);
  const largestFragment = said === null || said.byteLength < 4 ? null : viewOf(said).getInt32(0, LITTLE_ENDIAN);
  return { bytes: Uint8Array.from(message.payload(length)), largestFragment };
}
