/**
 * One address, two servers: TCP reaches S, ICMP about it lands on S2.
 *
 * ```
 * C 10.0.1.2 ── R1 ──1400── R2 ─┬─ 10.0.6.0/24 ── S   10.0.3.2 on lo
 *                               └─ 10.0.7.0/24 ── S2  10.0.3.2 on lo
 * ```
 */

import { EMPTY_TOPOLOGY, type Topology } from '../topology.ts';
import { end, routes, veth } from './link.ts';

export const ANYCAST_SERVER = '10.0.3.2';
const ICMP_TABLE = 77;

export function anycast(middle: number): Topology {
  return {
    ...EMPTY_TOPOLOGY,
    hosts: ['C', 'R1', 'R2', 'S', 'S2'],
    links: [
      veth(end('C:c0', ['10.0.1.2/24']), end('R1:r1a', ['10.0.1.1/24'])),
      veth(end('R1:r1b', ['10.0.2.1/24'], middle), end('R2:r2a', ['10.0.2.2/24'], middle)),
      veth(end('R2:e1', ['10.0.6.1/24']), end('S:s0', ['10.0.6.2/24'])),
      veth(end('R2:e2', ['10.0.7.1/24']), end('S2:s0', ['10.0.7.2/24'])),
    ],
    loopbacks: ['S', 'S2'].map((host) => ({ host, address: `${ANYCAST_SERVER}/32` })),
    routes: [
      ...routes('C', ['default', '10.0.1.1']),
      ...routes('R1', ['10.0.3.0/24', '10.0.2.2']),
      ...routes('R2', ['10.0.1.0/24', '10.0.2.1'], [ANYCAST_SERVER, '10.0.6.2']),
      { host: 'R2', to: ANYCAST_SERVER, via: '10.0.7.2', table: ICMP_TABLE },
      // Without a source of its own S would answer ICMP from 10.0.6.2.
      { host: 'S', to: 'default', via: '10.0.6.1', source: ANYCAST_SERVER },
      { host: 'S2', to: 'default', via: '10.0.7.1', source: ANYCAST_SERVER },
    ],
    detours: [{ host: 'R2', to: ANYCAST_SERVER, table: ICMP_TABLE }],
  };
}
