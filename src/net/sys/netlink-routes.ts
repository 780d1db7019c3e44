/** Lists routes of this thread's network namespace: `ip route show`, without the program (rtnetlink(7)). */

import type { Family } from '../../contract.ts';
import { LITTLE_ENDIAN, viewOf } from './byte-order.ts';
import { AF_INET, AF_INET6 } from './constants.ts';
import {
  type Attributes,
  decodeAttributes,
  decodeNested,
  decodeU32,
  encodeMessage,
  type NetlinkMessage,
  NLM_F_DUMP,
} from './netlink-message.ts';
import { type Listener, type Listing, list } from './netlink-socket.ts';
import {
  CACHEINFO_EXPIRES_AT,
  RTA_CACHEINFO,
  RTA_DST,
  RTA_GATEWAY,
  RTA_METRICS,
  RTA_MULTIPATH,
  RTA_NH_ID,
  RTA_OIF,
  RTA_PRIORITY,
  RTA_TABLE,
  RTA_VIA,
  RTAX_LOCK,
  RTAX_MTU,
  RTM_F_CLONED,
  RTM_GETROUTE,
  RTM_NEWROUTE,
  RTMSG_BYTES,
  RTN_UNICAST,
} from './rtnetlink.ts';
import { addressFamily, isAddress, literalOf } from './sockaddr.ts';

const RTNEXTHOP_BYTES = 8; // struct rtnexthop, linux/rtnetlink.h
const VIA_FAMILY_BYTES = 2; // struct rtvia, linux/rtnetlink.h
const TICKS_PER_SECOND = 100; // USER_HZ, asm-generic/param.h

/** One of the ways that a route leads. */
export interface Hop {
  readonly via: string | null;
  /** Index of an interface. */
  readonly interface: number;
}

export interface KernelRoute {
  readonly family: Family;
  /** A prefix with its length, or `default`. */
  readonly to: string;
  readonly isUnicast: boolean;
  readonly table: number;
  /** Several where the load is shared; none where `nextHop` has them. */
  readonly hops: readonly Hop[];
  /** Number of an object that is listed elsewhere; `null` where there is none. */
  readonly nextHop: number | null;
  readonly metric: number;
  readonly mtu: number | null;
  /** The MTU holds even against a Packet Too Big. */
  readonly locked: boolean;
  /** A copy that the kernel made for one destination. */
  readonly isCopy: boolean;
  readonly expiresInS: number | null;
}

/**
 * @param what `routes` are those that somebody set; `copies` those that the kernel made of what it learnt, which take
 *   Linux 5.3 for IPv4.
 */
export function listRoutes(
  family: Family,
  what: 'routes' | 'copies',
  listener: Listener<KernelRoute>,
  mostBytes: number,
): Listing {
  const header = new Uint8Array(RTMSG_BYTES);
  header[0] = addressFamily(family);
  if (what === 'copies') viewOf(header).setUint32(8, RTM_F_CLONED, LITTLE_ENDIAN);
  const decode = (message: NetlinkMessage): KernelRoute | null => {
    const route = decodeRoute(message);
    // A kernel that does not know the question lists all that it has.
    return route?.isCopy === (what === 'copies') ? route : null;
  };
  return list(encodeMessage(RTM_GETROUTE, NLM_F_DUMP, header), decode, listener, mostBytes);
}

/** `null` for what is no route of IPv4 or IPv6. */
export function decodeRoute({ type, body }: NetlinkMessage): KernelRoute | null {
  if (type !== RTM_NEWROUTE || body.byteLength < RTMSG_BYTES) return null;
  const [family, bits, , , table = 0, , , routeType] = body;
  if (family !== AF_INET && family !== AF_INET6) return null;
  const attributes = decodeAttributes(body.subarray(RTMSG_BYTES));
  const metrics = decodeNested(attributes.get(RTA_METRICS));
  const mtu = decodeU32(metrics.get(RTAX_MTU)) ?? 0;
  const expires = decodeU32(attributes.get(RTA_CACHEINFO)?.subarray(CACHEINFO_EXPIRES_AT)) ?? 0;
  const to = attributes.get(RTA_DST);
  return {
    family: family === AF_INET ? 4 : 6,
    to: bits === 0 ? 'default' : `${to !== undefined && isAddress(to) ? literalOf(to) : anyOf(family)}/${bits}`,
    isUnicast: routeType === RTN_UNICAST,
    table: decodeU32(attributes.get(RTA_TABLE)) ?? table,
    hops: hopsOf(attributes),
    nextHop: decodeU32(attributes.get(RTA_NH_ID)),
    metric: decodeU32(attributes.get(RTA_PRIORITY)) ?? 0,
    mtu: mtu === 0 ? null : mtu,
    locked: ((decodeU32(metrics.get(RTAX_LOCK)) ?? 0) & (1 << RTAX_MTU)) !== 0,
    isCopy: (viewOf(body).getUint32(8, LITTLE_ENDIAN) & RTM_F_CLONED) !== 0,
    expiresInS: expires === 0 ? null : Math.ceil(expires / TICKS_PER_SECOND),
  };
}

function anyOf(family: number): string {
  return family === AF_INET ? '0.0.0.0' : '::';
}

function hopsOf(attributes: Attributes): Hop[] {
  const several = attributes.get(RTA_MULTIPATH);
  if (several !== undefined) return decodeMultipath(several);
  const index = decodeU32(attributes.get(RTA_OIF));
  return index === null ? [] : [{ via: gatewayOf(attributes), interface: index }];
}

function decodeMultipath(bytes: Uint8Array): Hop[] {
  const hops: Hop[] = [];
  const view = viewOf(bytes);
  for (let at = 0; at + RTNEXTHOP_BYTES <= bytes.byteLength; ) {
    const length = view.getUint16(at, LITTLE_ENDIAN);
    if (length < RTNEXTHOP_BYTES || at + length > bytes.byteLength) break;
    const attributes = decodeAttributes(bytes.subarray(at + RTNEXTHOP_BYTES, at + length));
    hops.push({ via: gatewayOf(attributes), interface: view.getInt32(at + 4, LITTLE_ENDIAN) });
    at += (length + 3) & ~3; // RTNH_ALIGN, linux/rtnetlink.h
  }
  return hops;
}

/** An IPv4 route may lead by way of an IPv6 address (RFC 5549); that is RTA_VIA. */
function gatewayOf(attributes: Attributes): string | null {
  const bytes = attributes.get(RTA_GATEWAY) ?? attributes.get(RTA_VIA)?.subarray(VIA_FAMILY_BYTES);
  return bytes !== undefined && isAddress(bytes) ? literalOf(bytes) : null;
}
