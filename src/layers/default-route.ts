/** The route that packets to the world take, and who owns an address. */

import type { InspectedInterface, InspectedRoute, Inspection } from './seen.ts';

const DEFAULTS: readonly string[] = ['default', '0.0.0.0/0', '::/0'];

export interface DefaultRoute {
  readonly interface: InspectedInterface;
  readonly via: string | null;
}

/** IPv4 comes first, as measurements do; of several the one with the lowest metric. `null` where there is none. */
export function defaultRoute({ interfaces, routes }: Inspection): DefaultRoute | null {
  const ways = routes
    .filter(({ to }) => DEFAULTS.includes(to))
    .map((route) => ({ route, out: interfaces.find(({ index }) => index === route.interface) }))
    .filter((way): way is { route: InspectedRoute; out: InspectedInterface } => way.out !== undefined)
    .filter(({ out }) => out.kind !== 'loopback')
    .sort((a, b) => a.route.family - b.route.family || a.route.metric - b.route.metric);
  const [best] = ways;
  return best === undefined ? null : { interface: best.out, via: best.route.via };
}

export function ownsAddress({ interfaces }: Inspection, address: string): boolean {
  return interfaces.some(({ addresses }) => addresses.some((one) => one.split('/')[0] === address));
}
