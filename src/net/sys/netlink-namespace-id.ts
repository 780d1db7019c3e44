/** What this thread's network namespace calls another one: `ip netns list-id`, without the program (rtnetlink(7)). */

import {
  decodeAttributes,
  decodeI32,
  encodeAttribute,
  encodeMessage,
  encodeU32,
  type NetlinkMessage,
} from './netlink-message.ts';
import { ask } from './netlink-socket.ts';

const RTM_NEWNSID = 88; // linux/rtnetlink.h
const RTM_GETNSID = 90; // linux/rtnetlink.h
const RTGENMSG_BYTES = 4; // struct rtgenmsg, linux/rtnetlink.h, aligned
const NETNSA_NSID = 1; // linux/net_namespace.h
const NETNSA_FD = 3; // linux/net_namespace.h

/** @param fd of the other one. @returns `null` when it has no number here: no interface has its other end there. */
export function namespaceId(fd: number): number | null {
  const attribute = encodeAttribute(NETNSA_FD, encodeU32(fd));
  return decodeNamespaceId(ask(encodeMessage(RTM_GETNSID, 0, new Uint8Array(RTGENMSG_BYTES), attribute)));
}

export function decodeNamespaceId({ type, body }: NetlinkMessage): number | null {
  if (type !== RTM_NEWNSID) return null;
  const id = decodeI32(decodeAttributes(body.subarray(RTGENMSG_BYTES)).get(NETNSA_NSID));
  return id === null || id < 0 ? null : id; // NETNSA_NSID_NOT_ASSIGNED, linux/net_namespace.h
}
