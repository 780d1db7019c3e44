/** Faults that one address family has and the other has not. */

import type { Scenario } from '../scenario.ts';
import { ANYCAST_SERVER, anycast } from '../topologies/anycast.ts';
import { LINEAR_SERVER, linear } from '../topologies/linear.ts';
import { ETHERNET_MTU, routes } from '../topologies/link.ts';
import { type Topology, withRules } from '../topology.ts';
import { clear, expectation, silent, told } from './expectations.ts';
import { LINEAR, NEAR_ROUTER, overBoth, SERVER_NAME, towards } from './linear-scenario.ts';

const CLEAR = expectation('clear', clear(ETHERNET_MTU), clear(ETHERNET_MTU));

/** IPv6 between the routers is narrower than the link, as in a tunnel over IPv4. */
function tunnelled(mtu: number): Topology {
  const tunnel = [...routes('R1', ['fd00:3::/64', 'fd00:2::2']), ...routes('R2', ['fd00:1::/64', 'fd00:2::1'])];
  const routed = linear();
  return {
    ...routed,
    routes: [...routed.routes, ...tunnel.map((route) => ({ ...route, mtu, mtuForForwarding: true }))],
  };
}

/** What the client has learnt before the path became wide again. */
const STALE: Pick<Scenario, 'topology' | 'before'> = {
  topology: linear(),
  before: [
    { kind: 'set-mtu', host: 'R1', device: 'r1b', mtu: 1400 },
    { kind: 'set-mtu', host: 'R2', device: 'r2a', mtu: 1400 },
    { kind: 'learn', host: 'C', to: LINEAR_SERVER[4], size: ETHERNET_MTU, pathMtu: 1400 },
    { kind: 'set-mtu', host: 'R1', device: 'r1b', mtu: ETHERNET_MTU },
    { kind: 'set-mtu', host: 'R2', device: 'r2a', mtu: ETHERNET_MTU },
  ],
};

export const ONE_FAMILY_SCENARIOS: readonly Scenario[] = [
  {
    ...LINEAR,
    name: 'pppoe',
    title: 'PPPoE (1492) and address translation; the server is not told',
    topology: withRules(linear({ mtus: [1500, 1492, 1500], masquerade: true }), {
      kind: 'ptb-drop',
      host: 'R2',
      towards: 'r2b',
    }),
    families: {
      4: towards(
        SERVER_NAME,
        expectation('black-hole', told(1492, NEAR_ROUTER[4]), silent(1492), { findings: ['black-hole-reverse'] }),
      ),
    },
  },
  {
    ...LINEAR,
    name: 'ipv6-tunnel',
    title: 'IPv6 through a 6in4 tunnel (1480) whose far end is not told; IPv4 clear',
    topology: withRules(tunnelled(1480), { kind: 'ptb-drop', host: 'R2', towards: 'r2b' }),
    families: overBoth((family) =>
      family === 4
        ? CLEAR
        : expectation('black-hole', told(1480, NEAR_ROUTER[6]), silent(1480), { findings: ['black-hole-reverse'] }),
    ),
  },
  {
    ...LINEAR,
    name: 'ipv6-minimum',
    title: 'IPv6 above 1280 vanishes both ways; IPv4 clear',
    topology: withRules(
      linear(),
      ...['r1a', 'r1b'].map(
        (arrivingOn) => ({ kind: 'length-drop', host: 'R1', arrivingOn, above: 1280, families: [6] }) as const,
      ),
    ),
    families: overBoth((family) => (family === 4 ? CLEAR : expectation('black-hole', silent(1280), silent(1280)))),
  },
  {
    ...LINEAR,
    name: 'below-ipv6-minimum',
    title: 'everything above 1124 vanishes both ways: too small for IPv6',
    topology: withRules(
      linear(),
      { kind: 'length-drop', host: 'R2', arrivingOn: 'r2a', above: 1124, families: null },
      { kind: 'length-drop', host: 'R1', arrivingOn: 'r1b', above: 1124, families: null },
    ),
    families: { 4: towards(SERVER_NAME, expectation('black-hole', silent(1124), silent(1124))) },
  },
  {
    ...LINEAR,
    name: 'anycast',
    title: 'two servers share an address, and Packet Too Big reaches the wrong one',
    topology: anycast(1400),
    servers: LINEAR.servers,
    names: { [SERVER_NAME]: [ANYCAST_SERVER] },
    families: {
      4: towards(
        SERVER_NAME,
        expectation('black-hole', told(1400, NEAR_ROUTER[4]), silent(1400), { findings: ['black-hole-reverse'] }),
      ),
    },
  },
  {
    ...LINEAR,
    name: 'stale',
    title: 'the client remembers 1400 for ten minutes, and the path is 1500 again',
    ...STALE,
    families: {
      4: towards(
        SERVER_NAME,
        expectation(
          'inconclusive',
          clear(ETHERNET_MTU),
          { pathMtu: 1400, exact: false, behaviour: 'unknown', masked: true },
          { findings: ['masked'] },
        ),
      ),
    },
  },
  {
    ...LINEAR,
    name: 'stale-flushed',
    title: 'the client remembers 1400 for ten minutes, and looks past it',
    ...STALE,
    families: { 4: towards(SERVER_NAME, CLEAR, '--flush-cache') },
  },
];
