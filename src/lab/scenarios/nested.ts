/** Containers in containers, as a sweep over all of them sees them: its tests say what is right of each. */

import type { Scenario } from '../scenario.ts';
import { site } from '../service.ts';
import { buildIn, ORIGIN, podOf } from '../topologies/docker-in-docker.ts';
import { ETHERNET_MTU } from '../topologies/link.ts';
import { type NestedContainer, NODE, nested, ORIGIN_SERVER } from '../topologies/nested.ts';
import { withHosts } from '../topology.ts';

const POD_MTU = 1450;

function inner(host: string, parent: string, network: number, mtu: number, bridge = 'docker0'): NestedContainer {
  return {
    host,
    parent,
    bridge,
    gateway: `172.${network}.0.1/16`,
    address: `172.${network}.0.2/16`,
    mtu,
    veth: `veth${host}`,
  };
}

function scene(name: string, title: string, containers: readonly NestedContainer[]): Scenario {
  return {
    name,
    title,
    topology: nested(containers, true),
    client: NODE,
    servers: [site(ORIGIN.server)],
    names: { 'rubygems.org': [ORIGIN_SERVER] },
    before: [],
    families: {},
  };
}

/** As many as a busy node has; most without a way out, so that what is measured stays few. */
const CROWD = 200;
const MEASURED = 12;

export const NESTED_SCENARIOS: readonly Scenario[] = [
  scene('four-deep', 'an engine in an engine in an engine in a pod; only the innermost is too wide', [
    podOf(POD_MTU),
    inner('runner', ORIGIN.pod, 18, POD_MTU),
    inner('builder', 'runner', 19, POD_MTU),
    buildIn('builder', ETHERNET_MTU),
  ]),
  scene('two-networks', 'a pod with two networks: one repaired, one that somebody made', [
    podOf(POD_MTU),
    inner('repaired', ORIGIN.pod, 17, POD_MTU),
    inner('custom', ORIGIN.pod, 18, ETHERNET_MTU, 'br-1f2e3d4c5b6a'),
  ]),
  crowd(),
];

function crowd(): Scenario {
  const inside = Array.from({ length: MEASURED }, (_, number) => ({
    ...inner(`job${number}`, ORIGIN.pod, 17, POD_MTU),
    address: `172.17.1.${number + 1}/16`,
  }));
  const few = scene('crowd', `${MEASURED} containers in a pod, and many namespaces without a route`, [
    podOf(POD_MTU),
    ...inside,
  ]);
  const lonely = Array.from({ length: CROWD - MEASURED }, (_, number) => `lonely${number}`);
  return { ...few, topology: withHosts(few.topology, lonely) };
}
