/** The way that packets to the world take, and who owns an address. */

import type { InspectedInterface, Inspection } from './seen.ts';

export interface DefaultRoute {
  readonly interface: InspectedInterface;
  readonly via: string | null;
}

/** IPv4 comes first, as measurements do. `null` where there is none. */
export function defaultRoute({ interfaces, egress }: Inspection): DefaultRoute | null {
  for (const { via, interface: index } of egress) {
    const out = interfaces.find((one) => one.index === index);
    if (out !== undefined && out.kind !== 'loopback') return { interface: out, via };
  }
  return null;
}

export function ownsAddress({ interfaces }: Inspection, address: string): boolean {
  return interfaces.some(({ addresses }) => addresses.some((one) => one.split('/')[0] === address));
}
