/** Where the default route of a namespace leads: into which other one, out of the machine, or nobody knows. */

import { defaultRoute, ownsAddress } from './default-route.ts';
import type { Attachment, FarEnd, Inspected } from './far-ends.ts';
import type { InspectedInterface } from './seen.ts';

export type Way =
  | { readonly kind: 'into'; readonly netns: string }
  /** Through a device that ends in no other namespace. */
  | { readonly kind: 'out' }
  | { readonly kind: 'unknown' }
  /** There is no default route. */
  | { readonly kind: 'none' };

const UNKNOWN: Way = { kind: 'unknown' };

/** Behind them is a program, or another host: nothing tells what carries their packets. */
const TUNNELS: readonly InspectedInterface['kind'][] = ['tun', 'wireguard', 'vxlan', 'veth'];

export function wayOf(netns: string, inspected: Inspected, farEnd: FarEnd): Way {
  const inspection = inspected.get(netns);
  if (inspection === undefined) return UNKNOWN;
  const route = defaultRoute(inspection);
  if (route === null) return { kind: 'none' };
  return follow({ netns, interface: route.interface }, route.via, inspected, farEnd);
}

function follow(start: Attachment, via: string | null, inspected: Inspected, farEnd: FarEnd): Way {
  const passed = new Set<InspectedInterface>();
  let at = start;
  while (!passed.has(at.interface)) {
    passed.add(at.interface);
    const there = farEnd(at, via);
    if (there === null) return atTheEnd(at, via, inspected, farEnd);
    if (there.netns !== start.netns) return into(start.netns, there.netns, via, inspected);
    at = { netns: start.netns, interface: bridgeOf(there, inspected) ?? there.interface };
  }
  return UNKNOWN;
}

/** A namespace that is a switch and nothing else has no way out of its own: the next hop is beyond it. */
function into(from: string, there: string, via: string | null, inspected: Inspected): Way {
  const inspection = inspected.get(there);
  const isSwitch = inspection !== undefined && defaultRoute(inspection) === null;
  const owner = isSwitch ? ownerOf(via, from, inspected) : null;
  return { kind: 'into', netns: owner ?? there };
}

function atTheEnd(at: Attachment, via: string | null, inspected: Inspected, farEnd: FarEnd): Way {
  const { kind, link } = at.interface;
  if (kind === 'bridge') return throughPort(at, via, inspected, farEnd);
  if (link === null && !TUNNELS.includes(kind)) return { kind: 'out' };
  // What a link names and nobody shows is somewhere that cannot be seen; an address may look alike there.
  return link === null ? byNextHop(at.netns, via, inspected) : UNKNOWN;
}

/** A bridge leads out where one of its ports does: into the namespace of the next hop, or through a device. */
function throughPort(bridge: Attachment, via: string | null, inspected: Inspected, farEnd: FarEnd): Way {
  const ports = (inspected.get(bridge.netns)?.interfaces ?? []).filter(
    ({ master }) => master === bridge.interface.index,
  );
  const ends = ports.map((port) => farEnd({ netns: bridge.netns, interface: port }, via)?.netns ?? null);
  const owner = ownerOf(via, bridge.netns, inspected);
  if (owner !== null && ends.includes(owner)) return { kind: 'into', netns: owner };
  if (ports.some(({ kind, link }) => link === null && !TUNNELS.includes(kind))) return { kind: 'out' };
  return owner === null ? UNKNOWN : { kind: 'into', netns: owner };
}

function byNextHop(from: string, via: string | null, inspected: Inspected): Way {
  const owner = ownerOf(via, from, inspected);
  return owner === null ? UNKNOWN : { kind: 'into', netns: owner };
}

/** The only other namespace that has the address; `null` where there are none or several. */
function ownerOf(address: string | null, from: string, inspected: Inspected): string | null {
  if (address === null) return null;
  const owners = [...inspected].filter(([netns, inspection]) => netns !== from && ownsAddress(inspection, address));
  return owners.length === 1 ? (owners[0]?.[0] ?? null) : null;
}

function bridgeOf({ netns, interface: port }: Attachment, inspected: Inspected): InspectedInterface | null {
  if (port.master === null) return null;
  return inspected.get(netns)?.interfaces.find(({ index }) => index === port.master) ?? null;
}
