/**
 * What an interface is the other end of, or lies upon, across all namespaces.
 *
 *   pod                       node
 *   eth0  index 2, link 7 ──▶ veth1a2b  index 7, link 2       a pair: each names the other
 *   eth0  index 2, link 3 ──▶ ens18     index 3               macvlan, vlan: the lower one knows nothing of it
 *
 * With netlink the namespace of the link is known. Without, only its index is, and indices repeat from one namespace to
 * the next: then a pair has to agree both ways, and the next hop decides between several.
 */

import { defaultRoute, ownsAddress } from './default-route.ts';
import type { InspectedInterface, Inspection } from './seen.ts';

/** By `netns`: those that could be looked at. */
export type Inspected = ReadonlyMap<string, Inspection>;

export interface Attachment {
  readonly netns: string;
  readonly interface: InspectedInterface;
}

/** `via`: next hop of the route that leaves through the interface; `null` where none does, or it is on the link. */
export type FarEnd = (from: Attachment, via: string | null) => Attachment | null;

export function farEnds(inspected: Inspected): FarEnd {
  const byIndex = new Map<number, Attachment[]>();
  for (const [netns, { interfaces }] of inspected) {
    for (const one of interfaces) {
      const same = byIndex.get(one.index);
      if (same === undefined) byIndex.set(one.index, [{ netns, interface: one }]);
      else same.push({ netns, interface: one });
    }
  }
  return (from, via) => {
    const { link } = from.interface;
    if (link === null) return null;
    const named = (byIndex.get(link.index) ?? []).filter((one) => one.interface !== from.interface);
    if (link.netns !== null) return named.find(({ netns }) => netns === link.netns) ?? null;
    const pairs = named.filter((one) => isPair(one, from));
    if (pairs.length > 0) return only(pairs, ({ netns }) => owns(inspected, netns, via));
    return from.interface.kind === 'veth' ? null : lowerOne(inspected, from, named, via);
  };
}

function isPair(one: Attachment, from: Attachment): boolean {
  const { link } = one.interface;
  return link !== null && link.index === from.interface.index && (link.netns === null || link.netns === from.netns);
}

/** What a macvlan or vlan lies upon: mostly here; else where the same router is the way out. */
function lowerOne(
  inspected: Inspected,
  { netns: here }: Attachment,
  named: readonly Attachment[],
  via: string | null,
): Attachment | null {
  const lower = named.filter(({ interface: { kind } }) => kind !== 'loopback');
  const beside = lower.find(({ netns }) => netns === here);
  return beside ?? only(lower, ({ netns }) => via !== null && nextHop(inspected, netns) === via);
}

/** The one there is, or the one that a further sign leaves over. */
function only(candidates: readonly Attachment[], sign: (one: Attachment) => boolean): Attachment | null {
  const left = candidates.length > 1 ? candidates.filter(sign) : candidates;
  return left.length === 1 ? (left[0] ?? null) : null;
}

function owns(inspected: Inspected, netns: string, address: string | null): boolean {
  const inspection = inspected.get(netns);
  return address !== null && inspection !== undefined && ownsAddress(inspection, address);
}

function nextHop(inspected: Inspected, netns: string): string | null {
  const inspection = inspected.get(netns);
  return inspection === undefined ? null : (defaultRoute(inspection)?.via ?? null);
}
