/**
 * A build container inside a Docker-in-Docker pod of a Kubernetes node behind a home router.
 *
 * ```
 * build eth0 172.17.0.2 ── veth19bed8a ─ docker0 172.17.0.1 [pod] eth0 10.244.1.113 ── veth05da7209 ─ cni0 10.244.1.1
 *        └──────────── inner MTU ────────────┘                     └───────────── pod MTU ─────────────┘
 * [k8s-worker-1] ens18 192.168.88.112 ── 192.168.88.1 [router] 203.0.113.2 ── 203.0.113.1 [internet] ── S 198.51.100.70
 * ```
 * Every hop from the pod to the router translates addresses. When `ptbLost`, Packet Too Big never reaches the server.
 */

import { EMPTY_TOPOLOGY, type Topology } from '../topology.ts';
import { end, routes, veth } from './link.ts';

export const ORIGIN_SERVER = '198.51.100.70'; // RFC 5737 §3

/** The hosts by the names of the scene; `ip netns` shows them too. */
export const ORIGIN = { build: 'build', pod: 'pod', node: 'k8s-worker-1', server: 'server' } as const;

export interface DockerInDockerOptions {
  readonly inner?: number;
  readonly pod?: number;
  readonly ptbLost?: boolean;
}

export function dockerInDocker({ inner = 1500, pod = 1450, ptbLost = true }: DockerInDockerOptions = {}): Topology {
  return {
    ...EMPTY_TOPOLOGY,
    hosts: ['build', 'pod', 'k8s-worker-1', 'router', 'internet', 'server'],
    bridges: [
      { host: 'pod', name: 'docker0', mtu: inner, addresses: ['172.17.0.1/16'] },
      { host: 'k8s-worker-1', name: 'cni0', mtu: pod, addresses: ['10.244.1.1/24'] },
    ],
    links: [
      veth(end('build:eth0', ['172.17.0.2/16'], inner), end('pod:veth19bed8a', [], inner, 'docker0')),
      veth(end('pod:eth0', ['10.244.1.113/24'], pod), end('k8s-worker-1:veth05da7209', [], pod, 'cni0')),
      veth(end('k8s-worker-1:ens18', ['192.168.88.112/24']), end('router:lan', ['192.168.88.1/24'])),
      veth(end('router:wan', ['203.0.113.2/24']), end('internet:isp', ['203.0.113.1/24'])),
      veth(end('internet:cdn', ['198.51.100.1/24']), end('server:eth0', [`${ORIGIN_SERVER}/24`])),
    ],
    routes: [
      ...routes('build', ['default', '172.17.0.1']),
      ...routes('pod', ['default', '10.244.1.1']),
      ...routes('k8s-worker-1', ['default', '192.168.88.1']),
      ...routes('router', ['default', '203.0.113.1']),
      ...routes('server', ['default', '198.51.100.1']),
    ],
    rules: [
      { kind: 'masquerade', host: 'pod', leavingBy: 'eth0' },
      { kind: 'masquerade', host: 'k8s-worker-1', leavingBy: 'ens18' },
      { kind: 'masquerade', host: 'router', leavingBy: 'wan' },
      ...(ptbLost ? [{ kind: 'ptb-drop', host: 'internet', towards: 'cdn' } as const] : []),
    ],
  };
}
