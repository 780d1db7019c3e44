/**
 * Where packets to the world leave. A default route alone does not tell: a VPN lays two halves over it, or a table of its
 * own with a rule that leads there.
 */

import { BlockList } from 'node:net';
import type { Family } from '../../contract.ts';
import type { InspectedEgress, InspectedRoute } from '../../layers/seen.ts';
import { lookUpHop } from '../sys/netlink-route.ts';
import type { Hop } from '../sys/netlink-routes.ts';

const FAMILIES = [4, 6] as const;
/**
 * Addresses that hardly any network has a route of its own to: of nobody (RFC 5737, RFC 3849), and of AS112, whose servers
 * are everywhere (RFC 7534, RFC 7535). The first are what people build networks of, and what routers refuse to carry: so
 * the way that most of them take counts.
 */
const SOMEWHERE: Readonly<Record<Family, readonly string[]>> = {
  4: ['192.0.2.254', '192.31.196.254', '192.175.48.254'],
  6: ['2001:db8::fe', '2001:4:112::fe', '2620:4f:8000::fe'],
};

/** By the kernel's own choice, which sends nothing. @throws SyscallError where netlink may not be used. */
export function egressByNetlink(): InspectedEgress[] {
  return egressBy(lookUpHop);
}

/** By routes alone, the narrowest prefix first and then the lowest metric, as the kernel chooses among those of a table. */
export function egressByRoutes(routes: readonly InspectedRoute[]): InspectedEgress[] {
  const ordered = [...routes].sort((one, other) => bitsOf(other) - bitsOf(one) || one.metric - other.metric);
  return egressBy((family, address) => {
    const best = ordered.find((route) => route.family === family && leadsTo(route, address));
    return best === undefined ? null : { via: best.via, interface: best.interface };
  });
}

function egressBy(look: (family: Family, address: string) => Hop | null): InspectedEgress[] {
  return FAMILIES.flatMap((family) => {
    const hop = commonest(SOMEWHERE[family].map((address) => look(family, address)));
    return hop === null ? [] : [{ family, ...hop }];
  });
}

/** The first of those that there are most of. */
function commonest(hops: readonly (Hop | null)[]): Hop | null {
  const count = (hop: Hop | null): number =>
    hops.filter((one) => one?.interface === hop?.interface && one?.via === hop?.via).length;
  return [...hops].sort((one, other) => count(other) - count(one))[0] ?? null;
}

function leadsTo(route: InspectedRoute, address: string): boolean {
  if (route.to === 'default') return true;
  const [network = ''] = route.to.split('/');
  const type = `ipv${route.family}` as const;
  const list = new BlockList();
  list.addSubnet(network, bitsOf(route), type);
  return list.check(address, type);
}

function bitsOf({ to }: InspectedRoute): number {
  return Number(to.split('/')[1] ?? 0);
}
