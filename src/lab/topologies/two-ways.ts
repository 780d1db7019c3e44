/**
 * Two links between the routers, which share the load by addresses and ports.
 *
 * ```
 *             ┌─ 10.0.21.0/24, fd00:21::/64 ─┐
 * C ──── A ───┤                              ├─── Z ──── S
 *             └─ 10.0.22.0/24, fd00:22::/64 ─┘
 * 10.0.1.0/24, fd00:1::/64              10.0.3.0/24, fd00:3::/64
 * ```
 */

import { EMPTY_TOPOLOGY, type Topology } from '../topology.ts';
import { end, routes, veth } from './link.ts';

/**
 * By addresses, protocol and ports (ip-sysctl, fib_multipath_hash_fields). Policy 1 would do on a machine of its own; here
 * the packet still carries what its sender's socket drew at random, and policy 1 takes that.
 */
const BY_PORTS = [
  ['fib_multipath_hash_policy', '3'],
  ['fib_multipath_hash_fields', '55'],
] as const;

export function twoWays(): Topology {
  return {
    ...EMPTY_TOPOLOGY,
    hosts: ['C', 'A', 'Z', 'S'],
    links: [
      veth(end('C:c0', ['10.0.1.2/24', 'fd00:1::2/64']), end('A:a0', ['10.0.1.1/24', 'fd00:1::1/64'])),
      veth(end('A:a1', ['10.0.21.1/24', 'fd00:21::1/64']), end('Z:z1', ['10.0.21.2/24', 'fd00:21::2/64'])),
      veth(end('A:a2', ['10.0.22.1/24', 'fd00:22::1/64']), end('Z:z2', ['10.0.22.2/24', 'fd00:22::2/64'])),
      veth(end('Z:z0', ['10.0.3.1/24', 'fd00:3::1/64']), end('S:s0', ['10.0.3.2/24', 'fd00:3::2/64'])),
    ],
    routes: [
      ...routes('C', ['default', '10.0.1.1'], ['default', 'fd00:1::1']),
      { host: 'A', to: '10.0.3.0/24', via: '10.0.21.2', alsoVia: '10.0.22.2' },
      { host: 'A', to: 'fd00:3::/64', via: 'fd00:21::2', alsoVia: 'fd00:22::2' },
      { host: 'Z', to: '10.0.1.0/24', via: '10.0.21.1', alsoVia: '10.0.22.1' },
      { host: 'Z', to: 'fd00:1::/64', via: 'fd00:21::1', alsoVia: 'fd00:22::1' },
      ...routes('S', ['default', '10.0.3.1'], ['default', 'fd00:3::1']),
    ],
    sysctls: ['A', 'Z'].flatMap((host) =>
      ['ipv4', 'ipv6'].flatMap((family) =>
        BY_PORTS.map(([key, value]) => ({
          host,
          key: `net/${family}/${key}`,
          value,
        })),
      ),
    ),
  };
}
