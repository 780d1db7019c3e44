/** Devices that treat packets by more than their size. */

import type { Scenario } from '../scenario.ts';
import { linear } from '../topologies/linear.ts';
import { routes } from '../topologies/link.ts';
import { twoFirewalls } from '../topologies/two-firewalls.ts';
import { type Topology, withRules } from '../topology.ts';
import { clear, expectation, silent, told } from './expectations.ts';
import { LINEAR, NEAR_ROUTER, overBoth, SERVER_NAME, towards } from './linear-scenario.ts';

const NARROW = linear({ mtus: [1500, 1400, 1500] });
const TRANSLATED = '10.0.9.9';

/** R1 gives the client another address and leaves the quotes inside ICMP errors as they are. */
function statelessNat(topology: Topology): Topology {
  const rule = {
    kind: 'stateless-nat',
    host: 'R1',
    inside: 'r1a',
    outside: 'r1b',
    from: '10.0.1.2',
    to: TRANSLATED,
  } as const;
  const back = [...routes('R2', ['10.0.9.0/24', '10.0.2.1']), ...routes('R1', [`${TRANSLATED}/32`, '10.0.1.2'])];
  return { ...withRules(topology, rule), routes: [...topology.routes, ...back] };
}

export const ODD_DEVICE_SCENARIOS: readonly Scenario[] = [
  {
    ...LINEAR,
    name: 'stateless-nat',
    title: 'a link of 1400 behind address translation that spoils Packet Too Big for the client',
    topology: statelessNat(NARROW),
    families: {
      4: towards(
        SERVER_NAME,
        expectation('black-hole', silent(1400), told(1400), {
          findings: ['black-hole-forward'],
          evidence: [{ method: 'tcp-segment', size: 1500, outcome: 'missing' }],
        }),
      ),
    },
  },
  {
    ...LINEAR,
    name: 'stateful-nat',
    title: 'a link of 1400 behind address translation that repairs Packet Too Big for the client',
    topology: linear({ mtus: [1500, 1400, 1500], masquerade: true }),
    families: {
      4: towards(
        SERVER_NAME,
        expectation('reduced', told(1400, NEAR_ROUTER[4]), told(1400), {
          findings: ['reduced'],
          // An echo that is told proves nothing about TCP: TCP itself has to obey.
          evidence: [{ method: 'tcp-segment', size: 1500, outcome: 'packet-too-big' }],
        }),
      ),
    },
  },
  {
    ...LINEAR,
    name: 'two-firewalls',
    title: 'a link of 1400 whose Packet Too Big returns by a firewall that never saw the connection',
    topology: twoFirewalls(1400),
    families: overBoth(() => expectation('black-hole', silent(1400), told(1400), { findings: ['black-hole-forward'] })),
  },
  {
    ...LINEAR,
    name: 'df-cleared',
    title: 'a link of 1400 whose routers clear DF and fragment: all arrives, and nothing shows from here',
    topology: withRules(
      NARROW,
      { kind: 'df-clear', host: 'R1', arrivingOn: 'r1a' },
      { kind: 'df-clear', host: 'R2', arrivingOn: 'r2b' },
    ),
    families: { 4: towards(SERVER_NAME, expectation('clear', clear(1500), clear(1500))) },
  },
  {
    ...LINEAR,
    name: 'ptb-without-mtu',
    title: 'a link of 1400 whose routers say too big and not how big',
    topology: withRules(NARROW, { kind: 'ptb-without-mtu', host: 'R1' }, { kind: 'ptb-without-mtu', host: 'R2' }),
    families: {
      4: towards(
        SERVER_NAME,
        expectation(
          'reduced',
          { pathMtu: 1400, exact: true, behaviour: 'signalled' },
          // Linux takes the smallest it believes in: 552 (min_pmtu, net/ipv4/route.c).
          { exact: false, behaviour: 'signalled' },
          {
            findings: ['ptb-without-mtu'],
            evidence: [{ method: 'icmp-raw', size: 1400, outcome: 'arrived' }],
          },
        ),
      ),
    },
  },
  {
    ...LINEAR,
    name: 'tcp-only',
    title: 'TCP segments above 1300 vanish on the way there, datagrams pass',
    topology: withRules(linear(), { kind: 'tcp-length-drop', host: 'R1', arrivingOn: 'r1a', above: 1300 }),
    families: overBoth((family) =>
      expectation('black-hole', silent(1300), clear(1500), {
        findings: ['black-hole-forward', 'tcp-only'],
        evidence: [{ method: family === 4 ? 'icmp-raw' : 'udp-raw', size: 1500, outcome: 'arrived' }],
      }),
    ),
  },
  {
    ...LINEAR,
    name: 'no-echo',
    title: 'pings are dropped, and nothing else is wrong',
    topology: withRules(linear(), { kind: 'echo-filter', host: 'R1' }),
    families: overBoth(() => expectation('clear', clear(1500), clear(1500))),
  },
];
