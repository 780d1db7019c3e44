/** Short hand for the ends of links. */

import type { Link, LinkEnd, Route } from '../topology.ts';

export const ETHERNET_MTU = 1500; // IEEE 802.3 §3.2.7, RFC 894

/** `at` is `host:interface`. */
export function end(at: string, addresses: readonly string[] = [], mtu = ETHERNET_MTU, bridge?: string): LinkEnd {
  const [host = '', name = ''] = at.split(':');
  return { host, name, mtu, addresses, bridge: bridge ?? null };
}

export function veth(near: LinkEnd, far: LinkEnd): Link {
  return { kind: 'veth', ends: [near, far] };
}

/** Routes of one host: destination and next hop in turns. */
export function routes(host: string, ...pairs: readonly (readonly [to: string, via: string])[]): Route[] {
  return pairs.map(([to, via]) => ({ host, to, via }));
}
