/** Adds and removes a route to a single address (rtnetlink(7)). */

import type { Family } from '../../contract.ts';
import { CAP_NET_ADMIN, takeUp } from './capabilities.ts';
import { encodeAttribute, encodeMessage, encodeU32, NLM_F_ACK, NLM_F_CREATE, NLM_F_EXCL } from './netlink-message.ts';
import { ask, errorOf } from './netlink-socket.ts';
import {
  RT_TABLE_MAIN,
  RTA_DST,
  RTA_GATEWAY,
  RTA_METRICS,
  RTA_OIF,
  RTA_PREFSRC,
  RTA_PRIORITY,
  RTA_TABLE,
  RTAX_ADVMSS,
  RTAX_MTU,
  RTM_DELROUTE,
  RTM_NEWROUTE,
  RTN_UNICAST,
} from './rtnetlink.ts';
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

const RT_SCOPE_UNIVERSE = 0; // linux/rtnetlink.h
const RT_SCOPE_LINK = 253; // linux/rtnetlink.h
const RT_SCOPE_NOWHERE = 255; // linux/rtnetlink.h: of any scope, when deleting
const MOST_LEFT = 16;

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
  const body = Buffer.concat([encodeAttribute(RTA_DST, target), encodeAttribute(RTA_PRIORITY, encodeU32(metric))]);
  const message = encodeRoute(RTM_DELROUTE, 0, family, body, RT_SCOPE_NOWHERE);
  // There may be one per table; none can be more than this.
  for (let left = MOST_LEFT; left > 0 && transactBytes(message) === 0; left -= 1);
}

function transact(type: number, flags: number, route: HostRoute): number {
  return transactBytes(encode(type, flags, route));
}

function transactBytes(request: Uint8Array): number {
  takeUp(CAP_NET_ADMIN);
  return 0 - errorOf(ask(request));
}

function encode(type: number, flags: number, route: HostRoute): Uint8Array {
  const { family, gateway, interfaceIndex, source, table, advertisedMss, mtu, metric } = route;
  const target = addressBytes(route.destination);
  const metrics = [
    encodeAttribute(RTAX_ADVMSS, encodeU32(advertisedMss)),
    ...(mtu === null ? [] : [encodeAttribute(RTAX_MTU, encodeU32(mtu))]),
  ];
  const body = Buffer.concat([
    encodeAttribute(RTA_DST, target),
    ...(gateway === null ? [] : [encodeAttribute(RTA_GATEWAY, gateway)]),
    encodeAttribute(RTA_OIF, encodeU32(interfaceIndex)),
    encodeAttribute(RTA_PREFSRC, addressBytes(source)),
    encodeAttribute(RTA_PRIORITY, encodeU32(metric)),
    encodeAttribute(RTA_TABLE, encodeU32(table)),
    encodeAttribute(RTA_METRICS, Buffer.concat(metrics)),
  ]);
  return encodeRoute(type, flags, family, body, gateway === null && family === 4 ? RT_SCOPE_LINK : RT_SCOPE_UNIVERSE);
}

/** `struct nlmsghdr` and `struct rtmsg` of a route to a single address, its attributes behind them. */
function encodeRoute(type: number, flags: number, family: Family, body: Uint8Array, scope: number): Uint8Array {
  const bits = family === 4 ? 32 : 128;
  const table = type === RTM_DELROUTE ? RT_TABLE_MAIN : 0; // the attribute goes first
  const header = [addressFamily(family), bits, 0, 0, table, ROUTE_PROTOCOL, scope, RTN_UNICAST, 0, 0, 0, 0];
  return encodeMessage(type, NLM_F_ACK | flags, Uint8Array.from(header), body);
}
