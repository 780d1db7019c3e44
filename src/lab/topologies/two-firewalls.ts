/**
 * Two firewalls between the client and the rest: TCP uses F1 both ways, what R2 has to say itself returns by F2.
 *
 * ```
 *        ┌─ 10.0.1.0/24 ── F1 ── 10.0.2.0/24 ─┐
 * C 10.0.1.2                                  R2 ── 10.0.8.0/24, narrow ── R3 ── 10.0.3.0/24 ── S 10.0.3.2
 *        └─ 10.0.4.0/24 ── F2 ── 10.0.5.0/24 ─┘
 * ```
 * Over IPv6 the same numbers: fd00:1::/64 for 10.0.1.0/24, and so on.
 */

import { EMPTY_TOPOLOGY, type Topology } from '../topology.ts';
import { end, routes, veth } from './link.ts';

const ICMP_TABLE = 77;

/** Addresses of host `host` in network `net`. */
function both(net: number, host: number): string[] {
  return [`10.0.${net}.${host}/24`, `fd00:${net}::${host}/64`];
}

export function twoFirewalls(narrow: number): Topology {
  return {
    ...EMPTY_TOPOLOGY,
    hosts: ['C', 'F1', 'F2', 'R2', 'R3', 'S'],
    links: [
      veth(end('C:c0', both(1, 2)), end('F1:a0', both(1, 1))),
      veth(end('F1:a1', both(2, 1)), end('R2:r1', both(2, 2))),
      veth(end('C:c1', both(4, 2)), end('F2:b0', both(4, 1))),
      veth(end('F2:b1', both(5, 1)), end('R2:r2', both(5, 2))),
      veth(end('R2:r3', both(8, 1), narrow), end('R3:q0', both(8, 2), narrow)),
      veth(end('R3:q1', both(3, 1)), end('S:s0', both(3, 2))),
    ],
    routes: [
      ...routes('C', ['default', '10.0.1.1'], ['default', 'fd00:1::1']),
      ...routes('F1', ['10.0.3.0/24', '10.0.2.2'], ['fd00:3::/64', 'fd00:2::2']),
      ...routes('F2', ['10.0.1.0/24', '10.0.4.2'], ['fd00:1::/64', 'fd00:4::2']),
      ...routes('R2', ['10.0.1.0/24', '10.0.2.1'], ['fd00:1::/64', 'fd00:2::1']),
      ...routes('R2', ['10.0.3.0/24', '10.0.8.2'], ['fd00:3::/64', 'fd00:8::2']),
      ...routes('R2', ['10.0.1.0/24', '10.0.5.1'], ['fd00:1::/64', 'fd00:5::1']).map((route) => {
        return { ...route, table: ICMP_TABLE };
      }),
      ...routes('R3', ['default', '10.0.8.1'], ['default', 'fd00:8::1']),
      ...routes('S', ['default', '10.0.3.1'], ['default', 'fd00:3::1']),
    ],
    detours: ['10.0.1.0/24', 'fd00:1::/64'].map((to) => ({ host: 'R2', to, table: ICMP_TABLE, ownOnly: true })),
    rules: [{ kind: 'invalid-drop', host: 'F2' }],
  };
}
