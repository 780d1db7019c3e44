/**
 * A build container inside a Docker-in-Docker pod of a Kubernetes node behind a home router.
 *
 * ```
 * build eth0 172.17.0.2 ── veth19bed8a ─ docker0 172.17.0.1 [pod] eth0 10.244.1.113 ── veth05da7209 ─ cni0 10.244.1.1
 *        └──────────── inner MTU ────────────┘                     └───────────── pod MTU ─────────────┘
 * [k8s-worker-1] ens18 192.168.88.112 ── and on as in `nested`
 * ```
 */

import type { Topology } from '../topology.ts';
import { ETHERNET_MTU } from './link.ts';
import { type NestedContainer, NODE, nested } from './nested.ts';

/** The hosts by the names of the scene; `ip netns` shows them too. */
export const ORIGIN = { build: 'build', pod: 'pod', node: NODE, server: 'server' } as const;

export interface DockerInDockerOptions {
  readonly inner?: number;
  readonly pod?: number;
  readonly ptbLost?: boolean;
}

export function dockerInDocker({
  inner = ETHERNET_MTU,
  pod = 1450,
  ptbLost = true,
}: DockerInDockerOptions = {}): Topology {
  return nested([buildIn(ORIGIN.pod, inner), podOf(pod)], ptbLost);
}

export function podOf(mtu: number): NestedContainer {
  return {
    host: ORIGIN.pod,
    parent: NODE,
    bridge: 'cni0',
    gateway: '10.244.1.1/24',
    address: '10.244.1.113/24',
    mtu,
    veth: 'veth05da7209',
  };
}

export function buildIn(parent: string, mtu: number): NestedContainer {
  return {
    host: ORIGIN.build,
    parent,
    bridge: 'docker0',
    gateway: '172.17.0.1/16',
    address: '172.17.0.2/16',
    mtu,
    veth: 'veth19bed8a',
  };
}
