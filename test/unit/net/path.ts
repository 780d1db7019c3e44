/** A path to test channels with. */

import type { PathTarget } from '../../../src/measure/channel.ts';

/** Whatever the routes say. */
export const NO_BINDING = {
  families: [4, 6],
  familyAsked: false,
  firstAddress: false,
  port: null,
  serverName: null,
  path: null,
  interface: null,
  source: null,
} as const;

export function pathTo(address: string, more: Partial<PathTarget> = {}): PathTarget {
  const family = address.includes(':') ? 6 : 4;
  return {
    target: address,
    host: address,
    url: `http://${address}/`,
    scheme: 'any',
    address,
    family,
    ports: [443],
    serverName: null,
    path: '/',
    egress: { interface: 'lo', address: family === 4 ? '127.0.0.1' : '::1', mtu: 1500, cachedPathMtu: null },
    routeMtu: null,
    offers: 1500,
    local: false,
    ...more,
  };
}
