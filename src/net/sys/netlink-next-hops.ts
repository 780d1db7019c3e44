/**
 * Lists next hops that routes name by number: `ip nexthop` (rtnetlink(7), linux/nexthop.h, Linux 5.3). Needed where
 * net.ipv4.nexthop_compat_mode is off, since routes do not repeat them then.
 */

import { LITTLE_ENDIAN, viewOf } from './byte-order.ts';
import { decodeAttributes, decodeU32, encodeMessage, type NetlinkMessage, NLM_F_DUMP } from './netlink-message.ts';
import type { Hop } from './netlink-routes.ts';
import { type Listener, type Listing, list } from './netlink-socket.ts';
import { isAddress, literalOf } from './sockaddr.ts';

const RTM_NEWNEXTHOP = 104; // linux/rtnetlink.h
const RTM_GETNEXTHOP = 106; // linux/rtnetlink.h
const NHMSG_BYTES = 8; // struct nhmsg, linux/nexthop.h
const NHA_ID = 1; // linux/nexthop.h
const NHA_GROUP = 2; // linux/nexthop.h
const NHA_OIF = 5; // linux/nexthop.h
const NHA_GATEWAY = 6; // linux/nexthop.h
const GROUP_ENTRY_BYTES = 8; // struct nexthop_grp, linux/nexthop.h

/** A hop, or a group of others by their numbers; neither is a black hole. */
export interface NextHop {
  readonly id: number;
  readonly hop: Hop | null;
  readonly members: readonly number[];
}

export function listNextHops(listener: Listener<NextHop>, mostBytes: number): Listing {
  const request = encodeMessage(RTM_GETNEXTHOP, NLM_F_DUMP, new Uint8Array(NHMSG_BYTES));
  return list(request, decodeNextHop, listener, mostBytes);
}

/** `null` for what is none. */
export function decodeNextHop({ type, body }: NetlinkMessage): NextHop | null {
  if (type !== RTM_NEWNEXTHOP || body.byteLength < NHMSG_BYTES) return null;
  const attributes = decodeAttributes(body.subarray(NHMSG_BYTES));
  const id = decodeU32(attributes.get(NHA_ID));
  if (id === null) return null;
  const index = decodeU32(attributes.get(NHA_OIF));
  const gateway = attributes.get(NHA_GATEWAY);
  const via = gateway !== undefined && isAddress(gateway) ? literalOf(gateway) : null;
  return { id, hop: index === null ? null : { via, interface: index }, members: membersOf(attributes.get(NHA_GROUP)) };
}

function membersOf(group: Uint8Array = new Uint8Array()): number[] {
  const count = Math.floor(group.byteLength / GROUP_ENTRY_BYTES);
  return Array.from({ length: count }, (_, place) => viewOf(group).getUint32(place * GROUP_ENTRY_BYTES, LITTLE_ENDIAN));
}
