/** Pods of two nodes over VXLAN, whose underlay is narrower than the nodes believe. */

import type { Family } from '../../contract.ts';
import type { Expectation, Scenario } from '../scenario.ts';
import { PODS_SERVER, type PodsOptions, pods } from '../topologies/pods.ts';
import type { Topology } from '../topology.ts';
import { clear, expectation, silent, told } from './expectations.ts';
import { LINEAR, overBoth, SERVER_NAME } from './linear-scenario.ts';

const NODES = ['N1', 'N2'] as const;

function narrow(options: Partial<PodsOptions>): Topology {
  return pods({ overlay: 1450, underlay: 1400, ...options });
}

function overlay(name: string, title: string, topology: Topology, expect: (family: Family) => Expectation): Scenario {
  return {
    ...LINEAR,
    name,
    title,
    topology,
    names: { [SERVER_NAME]: [PODS_SERVER[4], PODS_SERVER[6]] },
    families: overBoth(expect),
  };
}

const BLACK_HOLE = expectation('black-hole', silent(1350), silent(1350));
const NODE_ADDRESS = { 4: '10.244.1.1', 6: 'fd01:1::1' } as const;
const TOLD = (family: Family) => expectation('reduced', told(1350, NODE_ADDRESS[family]), told(1350));

/*
 * With DF a node is told twice before it tells anybody, and each time a packet is lost: the router of the underlay tells
 * it 1400 for the outer packet; the next outer packet it refuses itself, and so learns 1350 for the pod behind (`ip route
 * get` shows both). From then on it tells pods over IPv6. Over IPv4 it ignores for packets of others what it has learnt
 * (ip_dst_mtu_maybe_forward, net/ip.h), and refuses every outer packet without a word: ICMP is healthy, and nobody told.
 */

export const OVERLAY_SCENARIOS: readonly Scenario[] = [
  overlay(
    'overlay',
    'pods of 1450 over VXLAN, an underlay of 1400, and fragments dropped',
    narrow({ fragmentsDropped: true }),
    () => BLACK_HOLE,
  ),
  overlay('overlay-fragments', 'pods of 1450 over VXLAN, and an underlay of 1400 that fragments', narrow({}), () =>
    expectation('clear', clear(1450), clear(1450)),
  ),
  overlay(
    'overlay-df',
    'pods of 1450 over VXLAN with DF, an underlay of 1400 that says so; nodes tell IPv6 only',
    narrow({ dontFragment: true }),
    (family) => (family === 4 ? BLACK_HOLE : TOLD(6)),
  ),
  overlay(
    'overlay-df-heeded',
    'pods of 1450 over VXLAN with DF, and nodes that heed what they learnt (ip_forward_use_pmtu)',
    {
      ...narrow({ dontFragment: true }),
      sysctls: NODES.map((host) => ({ host, key: 'net/ipv4/ip_forward_use_pmtu', value: '1' })),
    },
    TOLD,
  ),
];
