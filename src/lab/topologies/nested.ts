/**
 * Containers in containers on a Kubernetes node behind a home router.
 *
 * ```
 * container eth0 ── veth ─ bridge [parent] eth0 ── veth ─ bridge [k8s-worker-1] ens18 192.168.88.112 ──
 * ── 192.168.88.1 [router] 203.0.113.2 ── 203.0.113.1 [internet] ── [server] 198.51.100.70
 * ```
 * Every hop from the innermost parent to the router translates addresses. When `ptbLost`, Packet Too Big never reaches
 * the server.
 */

import type { PacketRule } from '../packet-rule.ts';
import { EMPTY_TOPOLOGY, type Topology } from '../topology.ts';
import { end, routes, veth } from './link.ts';

export const ORIGIN_SERVER = '198.51.100.70'; // RFC 5737 §3
export const NODE = 'k8s-worker-1';

/** One container, on a bridge of its parent. Several may share a bridge, if they say the same of it. */
export interface NestedContainer {
  readonly host: string;
  readonly parent: string;
  readonly bridge: string;
  /** Of the bridge, in its parent, and of the container; both with prefix length. */
  readonly gateway: string;
  readonly address: string;
  /** Of the bridge, and of both ends of the container's link. */
  readonly mtu: number;
  /** The link's end in the parent. */
  readonly veth: string;
}

export function nested(containers: readonly NestedContainer[], ptbLost: boolean): Topology {
  const bridges = new Map(
    containers.map(({ parent, bridge, mtu, gateway }) => [
      `${parent}:${bridge}`,
      { host: parent, name: bridge, mtu, addresses: [gateway] },
    ]),
  );
  const parents = [...new Set(containers.map(({ parent }) => parent))];
  return {
    ...EMPTY_TOPOLOGY,
    hosts: [...containers.map(({ host }) => host), NODE, 'router', 'internet', 'server'],
    bridges: [...bridges.values()],
    links: [
      ...containers.map(({ host, address, mtu, parent, bridge, veth: name }) =>
        veth(end(`${host}:eth0`, [address], mtu), end(`${parent}:${name}`, [], mtu, bridge)),
      ),
      veth(end(`${NODE}:ens18`, ['192.168.88.112/24']), end('router:lan', ['192.168.88.1/24'])),
      veth(end('router:wan', ['203.0.113.2/24']), end('internet:isp', ['203.0.113.1/24'])),
      veth(end('internet:cdn', ['198.51.100.1/24']), end('server:eth0', [`${ORIGIN_SERVER}/24`])),
    ],
    routes: [
      ...containers.flatMap(({ host, gateway }) => routes(host, ['default', gateway.replace(/\/.*/, '')])),
      ...routes(NODE, ['default', '192.168.88.1']),
      ...routes('router', ['default', '203.0.113.1']),
      ...routes('server', ['default', '198.51.100.1']),
    ],
    rules: [
      ...parents.map((host): PacketRule => ({ kind: 'masquerade', host, leavingBy: host === NODE ? 'ens18' : 'eth0' })),
      { kind: 'masquerade', host: 'router', leavingBy: 'wan' },
      ...(ptbLost ? [{ kind: 'ptb-drop', host: 'internet', towards: 'cdn' } as const] : []),
    ],
  };
}
