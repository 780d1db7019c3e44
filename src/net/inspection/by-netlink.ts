/** This thread's network namespace, as netlink tells of it. */

import type { Family } from '../../contract.ts';
import type { CachedPathMtu } from '../../layers/contract.ts';
import type { InspectedInterface, InspectedRoute, Inspection } from '../../layers/seen.ts';
import { type Address, listAddresses } from '../sys/netlink-addresses.ts';
import { type Link, listLinks } from '../sys/netlink-links.ts';
import { listNextHops, type NextHop } from '../sys/netlink-next-hops.ts';
import { type Hop, type KernelRoute, listRoutes } from '../sys/netlink-routes.ts';
import { RT_TABLE_MAIN } from '../sys/rtnetlink.ts';
import { egressByNetlink } from './egress.ts';
import { kindOfLink } from './interface-kind.ts';
import { Kept } from './kept.ts';
import { readSysctls } from './sysctls.ts';

const MOST_INTERFACES = 4096; // a bridge has at most 1024 ports (net/bridge/br_private.h, BR_PORT_BITS)
const MOST_ADDRESSES = 4096;
/** Of each family. */
const MOST_ROUTES = 1024;
const MOST_COPIES = 256;
const MOST_HOPS = 4096;
/** Groups of next hops do not nest (linux/nexthop.h); a kernel that says so is not followed for ever. */
const DEEPEST_GROUP = 2;

export interface NamespaceNames {
  /** What the numbers that this namespace gave to others stand for; those that cannot be told are missing. */
  resolve(numbers: ReadonlySet<number>): ReadonlyMap<number, string>;
}

/**
 * @param netns its own name, `net:[4026531840]`.
 * @throws SyscallError where netlink may not be used.
 */
export function inspectByNetlink(netns: string, names: NamespaceNames): Inspection {
  const links = new Kept<Link>({ most: MOST_INTERFACES });
  const addresses = new Kept<Address>({ most: MOST_ADDRESSES });
  const hops = new Kept<NextHop>({ most: MOST_HOPS });
  const unseen = [...links.fill('interfaces', listLinks), ...addresses.fill('addresses', listAddresses)];
  const routes = ([4, 6] as const).flatMap((family) => {
    const kept = new Kept<KernelRoute>({ most: MOST_ROUTES, wanted: isOfMain, matters: isTelling });
    unseen.push(...kept.fill(`IPv${family} routes`, (...bounds) => listRoutes(family, 'routes', ...bounds)));
    return kept.entries;
  });
  if (routes.some(isByNumber)) unseen.push(...hops.fill('next hops', listNextHops));
  const hopsOf = new Map(hops.entries.map((hop) => [hop.id, hop]));
  const cachedPathMtus = ([4, 6] as const).flatMap((family) => cached(family, unseen));
  return {
    source: 'netlink',
    interfaces: interfacesOf(links.entries, addresses.entries, netns, names),
    routes: routes.flatMap((route) => routesOf(route, hopsOf)).sort((one, other) => one.metric - other.metric),
    egress: egressByNetlink(),
    cachedPathMtus,
    ...readSysctls('/'),
    ...(unseen.length === 0 ? {} : { unseen }),
  };
}

function isOfMain({ isUnicast, table }: KernelRoute): boolean {
  return isUnicast && table === RT_TABLE_MAIN;
}

function isTelling({ to, mtu }: KernelRoute): boolean {
  return to === 'default' || mtu !== null;
}

function isByNumber({ hops, nextHop }: KernelRoute): boolean {
  return hops.length === 0 && nextHop !== null;
}

function routesOf(route: KernelRoute, hopsById: ReadonlyMap<number, NextHop>): InspectedRoute[] {
  const { family, to, metric, mtu, locked, nextHop } = route;
  const hops = isByNumber(route) && nextHop !== null ? hopsOf(nextHop, hopsById, DEEPEST_GROUP) : route.hops;
  return hops.map(({ via, interface: index }) => ({ family, to, via, interface: index, metric, mtu, locked }));
}

function hopsOf(id: number, hopsById: ReadonlyMap<number, NextHop>, depth: number): Hop[] {
  const found = hopsById.get(id);
  if (found === undefined || depth === 0) return [];
  const members = found.members.flatMap((member) => hopsOf(member, hopsById, depth - 1));
  return found.hop === null ? members : [found.hop, ...members];
}

/** Copies that expire and have an MTU; others are redirects, which have no MTU of their own. */
function cached(family: Family, unseen: string[]): CachedPathMtu[] {
  const kept = new Kept<KernelRoute>({
    most: MOST_COPIES,
    wanted: ({ mtu, expiresInS }) => mtu !== null && expiresInS !== null,
  });
  unseen.push(...kept.fill(`learnt IPv${family} path MTUs`, (...bounds) => listRoutes(family, 'copies', ...bounds)));
  return kept.entries.flatMap(({ to, mtu, expiresInS }) =>
    mtu === null ? [] : [{ to: to.replace(/\/.*$/, ''), mtu, expiresInS }],
  );
}

function interfacesOf(
  links: readonly Link[],
  addresses: readonly Address[],
  netns: string,
  names: NamespaceNames,
): InspectedInterface[] {
  const numbers = links.flatMap(({ link }) => (link === null || link.namespace === null ? [] : [link.namespace]));
  const elsewhere = names.resolve(new Set(numbers));
  const textsOf = new Map<number, string[]>(links.map(({ index }) => [index, []]));
  for (const { interface: index, text } of addresses) textsOf.get(index)?.push(text);
  return links.map((link) => ({
    index: link.index,
    name: link.name,
    mtu: link.mtu,
    kind: kindOfLink(link),
    isUp: link.isUp,
    addresses: textsOf.get(link.index) ?? [],
    master: link.master,
    link: link.link && {
      index: link.link.index,
      netns: link.link.namespace === null ? netns : (elsewhere.get(link.link.namespace) ?? null),
    },
  }));
}
