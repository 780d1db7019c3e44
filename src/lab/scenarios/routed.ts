/** Two routers in a row and a narrow place between them: who is told, and who is not. */

import type { Family } from '../../contract.ts';
import type { PacketRule } from '../packet-rule.ts';
import type { Expectation, Scenario } from '../scenario.ts';
import { linear } from '../topologies/linear.ts';
import { routes } from '../topologies/link.ts';
import { type Topology, withRules } from '../topology.ts';
import { clamped, clear, delayed, expectation, silent, told } from './expectations.ts';
import { LINEAR, NEAR_ROUTER, overBoth, SERVER_NAME } from './linear-scenario.ts';

const NARROW = linear({ mtus: [1500, 1400, 1500] });
const CLIENT_NOT_TOLD: PacketRule = { kind: 'ptb-drop', host: 'R1', towards: 'r1a' };
const SERVER_NOT_TOLD: PacketRule = { kind: 'ptb-drop', host: 'R2', towards: 'r2b' };

const ROUTE_MTU: Topology = {
  ...linear(),
  routes: [
    ...linear().routes,
    ...([4, 6] as const).map((family) => ({ host: 'C', to: 'default', via: NEAR_ROUTER[family], mtu: 1400 })),
  ],
};

/** Larger packets towards the server vanish as in a switch. */
function silentForward(above: number): PacketRule {
  return { kind: 'length-drop', host: 'R2', arrivingOn: 'r2a', above, families: null };
}

/** The same towards the client. */
function silentReverse(above: number): PacketRule {
  return { kind: 'length-drop', host: 'R1', arrivingOn: 'r1b', above, families: null };
}

const MIXED = 'everything above 1400 vanishes, and further on a router says 1300';

/** The router that speaks is the same that has swallowed larger packets before it looked at them. */
function mixed(direction: 'forward' | 'reverse'): Topology {
  const [host, arrivingOn] = direction === 'forward' ? (['R1', 'r1a'] as const) : (['R2', 'r2b'] as const);
  const onwards =
    direction === 'forward'
      ? routes('R1', ['10.0.3.0/24', '10.0.2.2'], ['fd00:3::/64', 'fd00:2::2'])
      : routes('R2', ['10.0.1.0/24', '10.0.2.1'], ['fd00:1::/64', 'fd00:2::1']);
  const narrow = onwards.map((route) => ({ ...route, mtu: 1300, mtuForForwarding: true }));
  const topology = { ...linear(), routes: [...linear().routes, ...narrow] };
  return withRules(topology, { kind: 'length-drop', host, arrivingOn, above: 1400, families: null });
}

function routed(name: string, title: string, topology: Topology, expect: (family: Family) => Expectation): Scenario {
  return { ...LINEAR, name, title, topology, families: overBoth(expect) };
}

const bothSilent = (pathMtu: number) => () => expectation('black-hole', silent(pathMtu), silent(pathMtu));

export const ROUTED_SCENARIOS: readonly Scenario[] = [
  routed('clear', 'nothing wrong anywhere', linear(), () => expectation('clear', clear(1500), clear(1500))),
  routed('told', 'a link of 1400, and both ends are told', NARROW, (family) =>
    expectation('reduced', told(1400, NEAR_ROUTER[family]), told(1400), { findings: ['reduced'] }),
  ),
  routed('client-not-told', 'a link of 1400, and only the server is told', withRules(NARROW, CLIENT_NOT_TOLD), () =>
    expectation('black-hole', silent(1400), told(1400), { findings: ['black-hole-forward'] }),
  ),
  routed(
    'server-not-told',
    'a link of 1400, and only the client is told',
    withRules(NARROW, SERVER_NOT_TOLD),
    (family) =>
      expectation('black-hole', told(1400, NEAR_ROUTER[family]), silent(1400), { findings: ['black-hole-reverse'] }),
  ),
  routed(
    'nobody-told',
    'a link of 1400, and nobody is told',
    withRules(NARROW, CLIENT_NOT_TOLD, SERVER_NOT_TOLD),
    bothSilent(1400),
  ),
  routed(
    'clamped',
    'a link of 1400, nobody is told, and the router clamps the MSS',
    withRules(NARROW, CLIENT_NOT_TOLD, SERVER_NOT_TOLD, { kind: 'mss-clamp', host: 'R1', mss: 'route' }),
    () => expectation('clamped', clamped(1400), clamped(1400), { findings: ['clamped'] }),
  ),
  routed(
    'silent',
    'everything above 1450 vanishes both ways and no router ever speaks',
    withRules(linear(), silentForward(1450), silentReverse(1450)),
    bothSilent(1450),
  ),
  routed('silent-reverse', 'above 1400 vanishes on the way back only', withRules(linear(), silentReverse(1400)), () =>
    expectation('black-hole', clear(1500), silent(1400), { findings: ['black-hole-reverse'] }),
  ),
  routed('silent-forward', 'above 1400 vanishes on the way there only', withRules(linear(), silentForward(1400)), () =>
    expectation('black-hole', silent(1400), clear(1500), { findings: ['black-hole-forward'] }),
  ),
  routed(
    'honest-then-silent',
    'a router says 1400, and further on everything above 1300 vanishes',
    withRules(
      NARROW,
      { kind: 'length-drop', host: 'S', arrivingOn: 's0', above: 1300, families: null },
      { kind: 'length-drop', host: 'R2', arrivingOn: 'r2b', above: 1300, families: null },
    ),
    bothSilent(1300),
  ),
  routed('silent-then-honest-forward', `${MIXED}, on the way there`, mixed('forward'), () =>
    expectation('black-hole', silent(1300), clear(1500), { findings: ['black-hole-forward'] }),
  ),
  routed('silent-then-honest-reverse', `${MIXED}, on the way back`, mixed('reverse'), () =>
    expectation('black-hole', clear(1500), silent(1300), { findings: ['black-hole-reverse'] }),
  ),
  routed(
    'server-deaf',
    'a link of 1460, and the firewall of the server drops all ICMP',
    withRules(linear({ mtus: [1500, 1460, 1500] }), { kind: 'icmp-input-filter', host: 'S' }),
    (family) =>
      expectation('black-hole', told(1460, NEAR_ROUTER[family]), silent(1460), { findings: ['black-hole-reverse'] }),
  ),
  routed(
    'icmp-blocked',
    'all ICMP blocked, and nothing else wrong',
    withRules(linear(), { kind: 'icmp-filter', host: 'R1' }),
    () => expectation('clear', clear(1500), clear(1500), { findings: ['icmp-filtered'] }),
  ),
  routed('narrow-client', 'the link of the client is 1400, the rest 1500', linear({ mtus: [1400, 1500, 1500] }), () =>
    expectation('clear', clear(1400), clear(1400)),
  ),
  routed('route-mtu', 'the route of the client has an MTU of 1400, and nothing is wrong', ROUTE_MTU, () =>
    expectation(
      'reduced',
      // An echo does not heed the route's MTU, and arrives.
      { pathMtu: 1500, behaviour: 'local-limit', masked: false },
      { pathMtu: 1400, behaviour: 'clamped', masked: false },
      { findings: ['local-limit'] },
    ),
  ),
  {
    ...routed(
      'rescued',
      'a link of 1400, nobody is told, and both ends find out by themselves (tcp_mtu_probing)',
      {
        ...withRules(NARROW, CLIENT_NOT_TOLD, SERVER_NOT_TOLD),
        sysctls: ['C', 'S'].map((host) => ({ host, key: 'net/ipv4/tcp_mtu_probing', value: '1' })),
      },
      bothSilent(1400),
    ),
    families: overBoth(
      () => expectation('delayed', delayed(1400), delayed(1400), { findings: ['delayed-reverse'] }),
      SERVER_NAME,
      '--wait-recovery',
      '15',
    ),
  },
];
