/**
 * Where packets to the world leave. A default route alone does not tell: a VPN lays two halves over it, or a table of its
 * own with a rule that leads there.
 */

import { BlockList } from 'node:net';
import type { Family } from '../../contract.ts';
import type { InspectedEgress, InspectedRoute } from '../../layers/seen.ts';
import { lookUpHop } from '../sys/netlink-route.ts';

const FAMILIES = [4, 6] as const;
/** Addresses of nobody (RFC 5737, RFC 3849), so that no network has a route of its own to them. */
const SOMEWHERE: Readonly<Record<Family, string>> = { 4: '192.0.2.254', 6: '2001:db8::fe' };

/** By the kernel's own choice, which sends nothing. @throws SyscallError where netlink may not be used. */
export function egressByNetlink(): InspectedEgress[] {
  return FAMILIES.flatMap((family) => {
    const hop = lookUpHop(family, SOMEWHERE[family]);
    return hop === null ? [] : [{ family, ...hop }];
  });
}

/** By routes alone, the narrowest prefix first and then the lowest metric, as the kernel chooses among those of a table. */
export function egressByRoutes(routes: readonly InspectedRoute[]): InspectedEgress[] {
  return FAMILIES.flatMap((family) => {
    const [best] = routes
      .filter((route) => route.family === family && leadsTo(route, SOMEWHERE[family]))
      .sort((one, other) => bitsOf(other) - bitsOf(one) || one.metric - other.metric);
    return best === undefined ? [] : [{ family, via: best.via, interface: best.interface }];
  });
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
