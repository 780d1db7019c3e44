/**
 * Hosts in one segment, one of them behind a trunk of its own: no router that could speak.
 *
 * ```
 * A1 a0 ── p1 ┐
 * A2 a0 ── p2 ├ [B1] t0 ──trunk── t0 [B2] p3 ── a0 A3        10.0.3.1, 10.0.3.2, … in the order of their names
 * A4 a0 ── p4 ┘
 * ```
 */

import { EMPTY_TOPOLOGY, type Topology } from '../topology.ts';
import { ETHERNET_MTU, end, veth } from './link.ts';

export interface StarOptions {
  readonly hosts: number;
  /** Number of the host behind the trunk, from 1. */
  readonly odd: number;
  /** MTU of the trunk. */
  readonly trunk: number;
}

export function starAddress(number: number): string {
  return `10.0.3.${number}`;
}

export function star({ hosts, odd, trunk }: StarOptions): Topology {
  const numbers = Array.from({ length: hosts }, (_, index) => index + 1);
  return {
    ...EMPTY_TOPOLOGY,
    hosts: [...numbers.map((number) => `A${number}`), 'B1', 'B2'],
    bridges: ['B1', 'B2'].map((host) => ({ host, name: 'br0', mtu: ETHERNET_MTU, addresses: [] })),
    links: [
      veth(end('B1:t0', [], trunk, 'br0'), end('B2:t0', [], trunk, 'br0')),
      ...numbers.map((number) =>
        veth(
          end(`A${number}:a0`, [`${starAddress(number)}/24`]),
          end(`${number === odd ? 'B2' : 'B1'}:p${number}`, [], ETHERNET_MTU, 'br0'),
        ),
      ),
    ],
  };
}
