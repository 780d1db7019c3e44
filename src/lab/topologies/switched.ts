/**
 * Client and server in one segment: no router that could speak.
 *
 * ```
 * C c0 ── x0 [B1] x1 ──trunk── y1 [B2] y0 ── s0 S        10.0.3.1 and 10.0.3.2, fd00:3::1 and fd00:3::2
 * ```
 */

import { EMPTY_TOPOLOGY, type Topology } from '../topology.ts';
import { end, veth } from './link.ts';

export interface SwitchedOptions {
  /** MTU that the two hosts believe in. */
  readonly hosts: number;
  /** MTU of every port of the switches towards the hosts. */
  readonly ports: number;
  /** MTU of the link between the switches. */
  readonly trunk: number;
}

export function switched({ hosts, ports, trunk }: SwitchedOptions): Topology {
  const mtu = Math.max(ports, trunk);
  return {
    ...EMPTY_TOPOLOGY,
    hosts: ['C', 'B1', 'B2', 'S'],
    bridges: [
      { host: 'B1', name: 'br0', mtu, addresses: [] },
      { host: 'B2', name: 'br0', mtu, addresses: [] },
    ],
    links: [
      veth(end('C:c0', ['10.0.3.1/24', 'fd00:3::1/64'], hosts), end('B1:x0', [], ports, 'br0')),
      veth(end('B1:x1', [], trunk, 'br0'), end('B2:y1', [], trunk, 'br0')),
      veth(end('B2:y0', [], ports, 'br0'), end('S:s0', ['10.0.3.2/24', 'fd00:3::2/64'], hosts)),
    ],
  };
}
