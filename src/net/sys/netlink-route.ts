/** Asks the kernel which way a packet would leave: `ip route get`, without the program (rtnetlink(7)). */

import type { Family } from '../../contract.ts';
import { LITTLE_ENDIAN, viewOf } from './byte-order.ts';
import { AF_NETLINK, MSG_DONTWAIT, SOCK_CLOEXEC, SOCK_RAW } from './constants.ts';
import { syscallError } from './errno.ts';
import { libc } from './libc.ts';
import { addressBytes, addressFamily } from './sockaddr.ts';

export interface RouteQuery {
  readonly family: Family;
  readonly destination: string;
  /** `null` leaves the choice to the kernel. */
  readonly source: string | null;
  readonly interfaceIndex: number | null;
}

export type RouteAnswer =
  | {
      readonly kind: 'route';
      readonly type: 'unicast' | 'local' | 'other';
      readonly interfaceIndex: number;
      /** Address of the next hop; `null` where the destination is on the link. */
      readonly gateway: Uint8Array | null;
      /** Number of the routing table that it stands in. */
      readonly table: number;
      /** MTU on the route, set by hand or learnt from a Packet Too Big; `null` when there is none. */
      readonly mtu: number | null;
      /** MSS that SYNs offer on it, set by hand; `null` when there is none. */
      readonly advertisedMss: number | null;
      /** The route is a copy that the kernel made for this destination and will forget: what it learnt of the path. */
      readonly learnt: boolean;
    }
  /** No route; `errno` says why. */
  | { readonly kind: 'none'; readonly errno: number };

const NLM_F_REQUEST = 1; // linux/netlink.h
const NLMSG_ERROR = 2; // linux/netlink.h
const NLMSG_HEADER_BYTES = 16; // struct nlmsghdr, linux/netlink.h
const RTM_NEWROUTE = 24; // linux/rtnetlink.h
const RTM_GETROUTE = 26; // linux/rtnetlink.h
const RTMSG_BYTES = 12; // struct rtmsg, linux/rtnetlink.h
const RTM_F_CLONED = 0x200; // linux/rtnetlink.h
const RTN_UNICAST = 1; // linux/rtnetlink.h
const RTN_LOCAL = 2; // linux/rtnetlink.h
const RTA_DST = 1; // linux/rtnetlink.h
const RTA_SRC = 2; // linux/rtnetlink.h
const RTA_OIF = 4; // linux/rtnetlink.h
const RTA_GATEWAY = 5; // linux/rtnetlink.h
const RTA_METRICS = 8; // linux/rtnetlink.h
const RTA_CACHEINFO = 12; // linux/rtnetlink.h
const RTA_TABLE = 15; // linux/rtnetlink.h
const RT_TABLE_MAIN = 254; // linux/rtnetlink.h
const RTAX_MTU = 2; // linux/rtnetlink.h
const RTAX_ADVMSS = 8; // linux/rtnetlink.h
const RTA_TYPE_MASK = 0x3fff; // linux/netlink.h, NLA_TYPE_MASK
const EXPIRES_OFFSET = 8; // struct rta_cacheinfo, linux/rtnetlink.h
const ANSWER_BYTES = 8192; // one message; NLMSG_GOODSIZE is a page

/** @throws SyscallError when this process may not use netlink at all. */
export function lookUpRoute(query: RouteQuery): RouteAnswer {
  const fd = libc.socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, 0);
  if (fd < 0) throw syscallError('socket(AF_NETLINK)');
  try {
    const request = encodeQuery(query);
    if (libc.send(fd, request, request.byteLength, 0) < 0) throw syscallError('send(RTM_GETROUTE)');
    const answer = new Uint8Array(ANSWER_BYTES);
    // The kernel answers before `send` returns.
    const length = libc.recv(fd, answer, ANSWER_BYTES, MSG_DONTWAIT);
    if (length < 0) throw syscallError('recv(RTM_GETROUTE)');
    return decodeAnswer(answer.subarray(0, length));
  } finally {
    libc.close(fd);
  }
}

function encodeQuery({ family, destination, source, interfaceIndex }: RouteQuery): Uint8Array {
  const target = addressBytes(destination);
  const attributes = [
    attribute(RTA_DST, target),
    ...(source === null ? [] : [attribute(RTA_SRC, addressBytes(source))]),
    ...(interfaceIndex === null ? [] : [attribute(RTA_OIF, new Uint8Array(Uint32Array.of(interfaceIndex).buffer))]),
  ];
  const body = Buffer.concat(attributes);
  const message = new Uint8Array(NLMSG_HEADER_BYTES + RTMSG_BYTES + body.byteLength);
  const view = viewOf(message);
  view.setUint32(0, message.byteLength, LITTLE_ENDIAN);
  view.setUint16(4, RTM_GETROUTE, LITTLE_ENDIAN);
  view.setUint16(6, NLM_F_REQUEST, LITTLE_ENDIAN);
  message[16] = addressFamily(family);
  message[17] = target.byteLength * 8; // rtm_dst_len, in bits
  message[18] = source === null ? 0 : target.byteLength * 8; // rtm_src_len
  message.set(body, NLMSG_HEADER_BYTES + RTMSG_BYTES);
  return message;
}

function attribute(type: number, value: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(4 + align(value.byteLength));
  viewOf(bytes).setUint16(0, 4 + value.byteLength, LITTLE_ENDIAN);
  viewOf(bytes).setUint16(2, type, LITTLE_ENDIAN);
  bytes.set(value, 4);
  return bytes;
}

function decodeAnswer(message: Uint8Array): RouteAnswer {
  const view = viewOf(message);
  const type = view.getUint16(4, LITTLE_ENDIAN);
  if (type === NLMSG_ERROR) return { kind: 'none', errno: -view.getInt32(NLMSG_HEADER_BYTES, LITTLE_ENDIAN) };
  if (type !== RTM_NEWROUTE) throw new TypeError(`netlink answered RTM_GETROUTE with message type ${type}`);
  const routeType = message[23]; // rtm_type
  const flags = view.getUint32(24, LITTLE_ENDIAN); // rtm_flags
  const attributes = decodeAttributes(message.subarray(NLMSG_HEADER_BYTES + RTMSG_BYTES));
  const metrics = decodeAttributes(attributes.get(RTA_METRICS) ?? new Uint8Array());
  const expires = attributes.get(RTA_CACHEINFO);
  return {
    kind: 'route',
    type: routeType === RTN_UNICAST ? 'unicast' : routeType === RTN_LOCAL ? 'local' : 'other',
    interfaceIndex: u32(attributes.get(RTA_OIF)) ?? 0,
    gateway: attributes.get(RTA_GATEWAY) ?? null,
    table: u32(attributes.get(RTA_TABLE)) ?? RT_TABLE_MAIN,
    mtu: u32(metrics.get(RTAX_MTU)),
    advertisedMss: u32(metrics.get(RTAX_ADVMSS)),
    // Routes that a router advertised expire too (RFC 4861 §6.3.4), but are no copies.
    learnt: (flags & RTM_F_CLONED) !== 0 && expires !== undefined && u32(expires.subarray(EXPIRES_OFFSET)) !== 0,
  };
}

function decodeAttributes(bytes: Uint8Array): Map<number, Uint8Array> {
  const attributes = new Map<number, Uint8Array>();
  const view = viewOf(bytes);
  for (let at = 0; at + 4 <= bytes.byteLength; ) {
    const length = view.getUint16(at, LITTLE_ENDIAN);
    if (length < 4) break;
    attributes.set(view.getUint16(at + 2, LITTLE_ENDIAN) & RTA_TYPE_MASK, bytes.subarray(at + 4, at + length));
    at += align(length);
  }
  return attributes;
}

function u32(bytes: Uint8Array | undefined): number | null {
  return bytes === undefined || bytes.byteLength < 4 ? null : viewOf(bytes).getUint32(0, LITTLE_ENDIAN);
}

/** RTA_ALIGNTO, linux/rtnetlink.h. */
function align(length: number): number {
  return (length + 3) & ~3;
}
