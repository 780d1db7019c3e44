/** What `ip -j` says, in our words. */

import type { InspectedInterface, InspectedRoute } from '../../../src/layers/seen.ts';

export interface IpLink {
  readonly ifindex: number;
  readonly ifname: string;
  readonly mtu: number;
  readonly flags: readonly string[];
  readonly link_type: string;
  readonly linkinfo?: { readonly info_kind?: string; readonly info_data?: { readonly link?: string } };
  /** Index, where it is in another namespace; else its name. */
  readonly link_index?: number;
  readonly link?: string;
  readonly master?: string;
}

export interface IpAddresses {
  readonly ifindex: number;
  readonly addr_info: readonly { readonly local: string; readonly prefixlen: number }[];
}

interface IpHop {
  readonly gateway?: string;
  readonly via?: { readonly host: string };
  readonly dev: string;
}

export interface IpRoute extends Partial<IpHop> {
  readonly type?: string;
  readonly dst: string;
  readonly metric?: number;
  readonly metrics?: readonly { readonly mtu?: number }[];
  readonly nexthops?: readonly IpHop[];
  readonly expires?: number;
}

export function interfacesOf(links: readonly IpLink[], addresses: readonly IpAddresses[]) {
  const indexOf = (name: string | undefined) => links.find(({ ifname }) => ifname === name)?.ifindex ?? null;
  return links.map((link) => ({
    index: link.ifindex,
    name: link.ifname,
    mtu: link.mtu,
    kind: link.link_type === 'loopback' ? 'loopback' : (link.linkinfo?.info_kind ?? 'other'),
    isUp: link.flags.includes('UP'),
    addresses: addresses
      .filter(({ ifindex }) => ifindex === link.ifindex)
      .flatMap(({ addr_info: all }) => all.map(({ local, prefixlen }) => `${local}/${prefixlen}`)),
    master: indexOf(link.master),
    link: link.link_index ?? indexOf(link.link ?? link.linkinfo?.info_data?.link),
  }));
}

/** It does not say in JSON which MTUs are locked. */
export function routesOf(routes: readonly IpRoute[], links: readonly IpLink[], family: 4 | 6) {
  return routes
    .filter(({ type }) => type === undefined)
    .flatMap((route) => {
      const hops = route.nexthops ?? (route.dev === undefined ? [] : [{ ...route, dev: route.dev }]);
      return hops.map((hop) => ({
        family,
        to: route.dst.includes('/') || route.dst === 'default' ? route.dst : `${route.dst}/${family === 4 ? 32 : 128}`,
        via: hop.gateway ?? hop.via?.host ?? null,
        interface: links.find(({ ifname }) => ifname === hop.dev)?.ifindex ?? 0,
        metric: route.metric ?? 0,
        mtu: route.metrics?.[0]?.mtu ?? null,
      }));
    });
}

export function withoutNamespace({ link, ...rest }: InspectedInterface) {
  return { ...rest, link: link?.index ?? null };
}

export function withoutLock({ locked: _, ...rest }: InspectedRoute) {
  return rest;
}

/** In one order, whatever the order was. */
export function sorted<Value>(values: readonly Value[]): Value[] {
  return [...values].sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
}
