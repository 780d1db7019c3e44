/**
 * Pods of two nodes over a flannel-like VXLAN whose underlay is narrower somewhere in the middle.
 *
 * ```
 * C ── p1 [N1] flannel.1 ═══════════ VXLAN ═══════════ flannel.1 [N2] p2 ── S
 *        e0 └── a0 [U1] a1 ──── underlay MTU ──── b1 [U2] b0 ──┘ e0
 * ```
 */

import { EMPTY_TOPOLOGY, type Topology } from '../topology.ts';
import { end, routes, veth } from './link.ts';

export const PODS_SERVER = { 4: '10.244.2.2', 6: 'fd01:2::2' } as const;

export interface PodsOptions {
  readonly overlay: number;
  readonly underlay: number;
  readonly fragmentsDropped?: boolean;
  /** The outer packets of VXLAN carry DF. */
  readonly dontFragment?: boolean;
}

export function pods({ overlay, underlay, fragmentsDropped = false, dontFragment = false }: PodsOptions): Topology {
  const vxlan = { name: 'flannel.1', mtu: overlay, dontFragment } as const;
  return {
    ...EMPTY_TOPOLOGY,
    hosts: ['C', 'N1', 'U1', 'U2', 'N2', 'S'],
    links: [
      veth(
        end('C:c0', ['10.244.1.2/24', 'fd01:1::2/64'], overlay),
        end('N1:p1', ['10.244.1.1/24', 'fd01:1::1/64'], overlay),
      ),
      veth(end('N1:e0', ['192.0.2.2/30']), end('U1:a0', ['192.0.2.1/30'])),
      veth(end('U1:a1', ['192.0.2.5/30'], underlay), end('U2:b1', ['192.0.2.6/30'], underlay)),
      veth(end('U2:b0', ['192.0.2.9/30']), end('N2:e0', ['192.0.2.10/30'])),
      veth(
        end('N2:p2', ['10.244.2.1/24', 'fd01:2::1/64'], overlay),
        end('S:s0', ['10.244.2.2/24', 'fd01:2::2/64'], overlay),
      ),
    ],
    vxlans: [
      { ...vxlan, host: 'N1', local: '192.0.2.2', remote: '192.0.2.10', addresses: ['10.245.0.1/24', 'fd01:9::1/64'] },
      { ...vxlan, host: 'N2', local: '192.0.2.10', remote: '192.0.2.2', addresses: ['10.245.0.2/24', 'fd01:9::2/64'] },
    ],
    routes: [
      ...routes('C', ['default', '10.244.1.1'], ['default', 'fd01:1::1']),
      ...routes('N1', ['default', '192.0.2.1'], ['10.244.2.0/24', '10.245.0.2'], ['fd01:2::/64', 'fd01:9::2']),
      ...routes('U1', ['default', '192.0.2.6']),
      ...routes('U2', ['default', '192.0.2.5']),
      ...routes('N2', ['default', '192.0.2.9'], ['10.244.1.0/24', '10.245.0.1'], ['fd01:1::/64', 'fd01:9::1']),
      ...routes('S', ['default', '10.244.2.1'], ['default', 'fd01:2::1']),
    ],
    rules: fragmentsDropped ? ['U1', 'U2'].map((host) => ({ kind: 'fragment-drop', host }) as const) : [],
  };
}
