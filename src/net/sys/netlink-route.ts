/** Asks the kernel which way a packet would leave: `ip route get`, without the program (rtnetlink(7)). */

import type { Family } from '../../contract.ts';
import { LITTLE_ENDIAN, viewOf } from './byte-order.ts';
import {
  decodeAttributes,
  decodeNested,
  decodeU32,
  encodeAttribute,
  encodeMessage,
  encodeU32,
  type NetlinkMessage,
  NLMSG_ERROR,
} from './netlink-message.ts';
import { decodeRoute, type Hop } from './netlink-routes.ts';
import { ask, errorOf } from './netlink-socket.ts';
import {
  CACHEINFO_EXPIRES_AT,
  RT_TABLE_MAIN,
  RTA_CACHEINFO,
  RTA_DST,
  RTA_GATEWAY,
  RTA_METRICS,
  RTA_OIF,
  RTA_SRC,
  RTA_TABLE,
  RTAX_ADVMSS,
  RTAX_MTU,
  RTM_F_CLONED,
  RTM_GETROUTE,
  RTM_NEWROUTE,
  RTMSG_BYTES,
  RTN_LOCAL,
  RTN_UNICAST,
} from './rtnetlink.ts';
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

/** @throws SyscallError when this process may not use netlink at all. */
export function lookUpRoute(query: RouteQuery): RouteAnswer {
  return decodeAnswer(ask(encodeQuery(query)));
}

/**
 * Which way a packet would leave, by a next hop of either family; `null` where it would not, or goes no further than here.
 *
 * @throws SyscallError when this process may not use netlink at all.
 */
export function lookUpHop(family: Family, destination: string): Hop | null {
  const route = decodeRoute(ask(encodeQuery({ family, destination, source: null, interfaceIndex: null })));
  return route?.isUnicast === true ? (route.hops[0] ?? null) : null;
}

function encodeQuery({ family, destination, source, interfaceIndex }: RouteQuery): Uint8Array {
  const target = addressBytes(destination);
  const header = new Uint8Array(RTMSG_BYTES);
  header[0] = addressFamily(family);
  header[1] = target.byteLength * 8; // rtm_dst_len, in bits
  header[2] = source === null ? 0 : target.byteLength * 8; // rtm_src_len
  return encodeMessage(
    RTM_GETROUTE,
    0,
    header,
    encodeAttribute(RTA_DST, target),
    ...(source === null ? [] : [encodeAttribute(RTA_SRC, addressBytes(source))]),
    ...(interfaceIndex === null ? [] : [encodeAttribute(RTA_OIF, encodeU32(interfaceIndex))]),
  );
}

function decodeAnswer(message: NetlinkMessage): RouteAnswer {
  const { type, body } = message;
  if (type === NLMSG_ERROR) return { kind: 'none', errno: errorOf(message) };
  if (type !== RTM_NEWROUTE || body.byteLength < RTMSG_BYTES) {
    throw new TypeError(`netlink answered RTM_GETROUTE with message type ${type} of ${body.byteLength} bytes`);
  }
  const routeType = body[7]; // rtm_type
  const flags = viewOf(body).getUint32(8, LITTLE_ENDIAN); // rtm_flags
  const attributes = decodeAttributes(body.subarray(RTMSG_BYTES));
  const metrics = decodeNested(attributes.get(RTA_METRICS));
  const expires = attributes.get(RTA_CACHEINFO);
  return {
    kind: 'route',
    type: routeType === RTN_UNICAST ? 'unicast' : routeType === RTN_LOCAL ? 'local' : 'other',
    interfaceIndex: decodeU32(attributes.get(RTA_OIF)) ?? 0,
    gateway: attributes.get(RTA_GATEWAY) ?? null,
    table: decodeU32(attributes.get(RTA_TABLE)) ?? RT_TABLE_MAIN,
    mtu: decodeU32(metrics.get(RTAX_MTU)),
    advertisedMss: decodeU32(metrics.get(RTAX_ADVMSS)),
    // Routes that a router advertised expire too (RFC 4861 §6.3.4), but are no copies.
    learnt:
      (flags & RTM_F_CLONED) !== 0 && expires !== undefined && decodeU32(expires.subarray(CACHEINFO_EXPIRES_AT)) !== 0,
  };
}
