/** Adds and removes a route to a single address (rtnetlink(7)). */

import type { Family } from '../../contract.ts';
import { LITTLE_ENDIAN, viewOf } from './byte-order.ts';
import { CAP_NET_ADMIN, takeUp } from './capabilities.ts';
import { AF_NETLINK, MSG_DONTWAIT, SOCK_CLOEXEC, SOCK_RAW } from './constants.ts';
import { syscallError } from './errno.ts';
import { libc } from './libc.ts';
import { addressBytes, addressFamily } from './sockaddr.ts';

export interface HostRoute {
  readonly family: Family;
  readonly destination: string;
  readonly gateway: Uint8Array | null;
  readonly interfaceIndex: number;
  readonly source: string;
  readonly table: number;
  /** MSS that SYNs offer on it. */
  readonly advertisedMss: number;
  /** MTU of the route; `null` has none of its own. */
  readonly mtu: number | null;
  /** Tells it from another one to the same address. */
  readonly metric: number;
}

/** Who made it: a number that neither the kernel nor a routing daemon uses (linux/rtnetlink.h, rt_protos). */
const ROUTE_PROTOCOL = 177;

const NLM_F_REQUEST = 0x1; // linux/netlink.h
const NLM_F_ACK = 0x4; // linux/netlink.h
const NLM_F_EXCL = 0x200; // linux/netlink.h
const NLM_F_CREATE = 0x400; // linux/netlink.h
const NLMSG_HEADER_BYTES = 16; // struct nlmsghdr, linux/netlink.h
const RTM_NEWROUTE = 24; // linux/rtnetlink.h
const RTM_DELROUTE = 25; // linux/rtnetlink.h
const RTMSG_BYTES = 12; // struct rtmsg, linux/rtnetlink.h
const RT_SCOPE_UNIVERSE = 0; // linux/rtnetlink.h
const RT_SCOPE_LINK = 253; // linux/rtnetlink.h
const RT_SCOPE_NOWHERE = 255; // linux/rtnetlink.h: of any scope, when deleting
const RT_TABLE_MAIN = 254; // linux/rtnetlink.h; the attribute goes first
const MOST_LEFT = 16;
const RTN_UNICAST = 1; // linux/rtnetlink.h
const RTA_DST = 1; // linux/rtnetlink.h
const RTA_OIF = 4; // linux/rtnetlink.h
const RTA_GATEWAY = 5; // linux/rtnetlink.h
const RTA_PRIORITY = 6; // linux/rtnetlink.h
const RTA_PREFSRC = 7; // linux/rtnetlink.h
const RTA_METRICS = 8; // linux/rtnetlink.h
const RTA_TABLE = 15; // linux/rtnetlink.h
const RTAX_MTU = 2; // linux/rtnetlink.h
const RTAX_ADVMSS = 8; // linux/rtnetlink.h
const ANSWER_BYTES = 4096;

/** @returns zero or the negative error number. */
export function addHostRoute(route: HostRoute): number {
  return transact(RTM_NEWROUTE, NLM_F_CREATE | NLM_F_EXCL, route);
}

/** @returns zero or the negative error number. */
export function deleteHostRoute(route: HostRoute): number {
  return transact(RTM_DELROUTE, 0, route);
}

/** Every route of this program to the address that has this metric, whatever else it says. */
export function deleteHostRoutes(family: Family, destination: string, metric: number): void {
  const target = addressBytes(destination);
  const body = Buffer.concat([attribute(RTA_DST, target), attribute(RTA_PRIORITY, u32(metric))]);
  const message = header(RTM_DELROUTE, 0, family, body, RT_SCOPE_NOWHERE);
  // There may be one per table; none can be more than this.
  for (let left = MOST_LEFT; left > 0 && transactBytes(message) === 0; left -= 1);
}

function transact(type: number, flags: number, route: HostRoute): number {
  return transactBytes(encode(type, flags, route));
}

function transactBytes(request: Uint8Array): number {
  takeUp(CAP_NET_ADMIN);
  const fd = libc.socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, 0);
  if (fd < 0) throw syscallError('socket(AF_NETLINK)');
  try {
    if (libc.send(fd, request, request.byteLength, 0) < 0) throw syscallError('send(AF_NETLINK)');
    const answer = new Uint8Array(ANSWER_BYTES);
    // The kernel answers before `send` returns.
    if (libc.recv(fd, answer, ANSWER_BYTES, MSG_DONTWAIT) < 0) throw syscallError('recv(AF_NETLINK)');
    return viewOf(answer).getInt32(NLMSG_HEADER_BYTES, LITTLE_ENDIAN);
  } finally {
    libc.close(fd);
  }
}

function encode(type: number, flags: number, route: HostRoute): Uint8Array {
  const { family, gateway, interfaceIndex, source, table, advertisedMss, mtu, metric } = route;
  const target = addressBytes(route.destination);
  const metrics = [
    attribute(RTAX_ADVMSS, u32(advertisedMss)),
    ...(mtu === null ? [] : [attribute(RTAX_MTU, u32(mtu))]),
  ];
  const body = Buffer.concat([
    attribute(RTA_DST, target),
    ...(gateway === null ? [] : [attribute(RTA_GATEWAY, gateway)]),
    attribute(RTA_OIF, u32(interfaceIndex)),
    attribute(RTA_PREFSRC, addressBytes(source)),
    attribute(RTA_PRIORITY, u32(metric)),
    attribute(RTA_TABLE, u32(table)),
    attribute(RTA_METRICS, Buffer.concat(metrics)),
  ]);
  return header(type, flags, family, body, gateway === null && family === 4 ? RT_SCOPE_LINK : RT_SCOPE_UNIVERSE);
}

/** `struct nlmsghdr` and `struct rtmsg` of a route to a single address, its attributes behind them. */
function header(type: number, flags: number, family: Family, body: Uint8Array, scope: number): Uint8Array {
  const message = new Uint8Array(NLMSG_HEADER_BYTES + RTMSG_BYTES + body.byteLength);
  const view = viewOf(message);
  view.setUint32(0, message.byteLength, LITTLE_ENDIAN);
  view.setUint16(4, type, LITTLE_ENDIAN);
  view.setUint16(6, NLM_F_REQUEST | NLM_F_ACK | flags, LITTLE_ENDIAN);
  const bits = family === 4 ? 32 : 128;
  message.set(
    [addressFamily(family), bits, 0, 0, type === RTM_DELROUTE ? RT_TABLE_MAIN : 0, ROUTE_PROTOCOL, scope, RTN_UNICAST],
    NLMSG_HEADER_BYTES,
  );
  message.set(body, NLMSG_HEADER_BYTES + RTMSG_BYTES);
  return message;
}

/** `struct rtattr` (linux/rtnetlink.h), padded to a multiple of four. */
function attribute(type: number, value: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(4 + ((value.byteLength + 3) & ~3));
  viewOf(bytes).setUint16(0, 4 + value.byteLength, LITTLE_ENDIAN);
  viewOf(bytes).setUint16(2, type, LITTLE_ENDIAN);
  bytes.set(value, 4);
  return bytes;
}

function u32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  viewOf(bytes).setUint32(0, value, LITTLE_ENDIAN);
  return bytes;
}
