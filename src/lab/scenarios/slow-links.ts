/** Loss and distance, with and without a fault of size. */

import type { Scenario } from '../scenario.ts';
import { linear } from '../topologies/linear.ts';
import { type Topology, withRules } from '../topology.ts';
import { atWorstUnknown, clear, expectation, silent } from './expectations.ts';
import { LINEAR, overBoth } from './linear-scenario.ts';

const FAR = linear({ impairment: { delayMs: 25, lossPercent: 0 } });

/** So many packets in a hundred are lost in each direction. */
function losing(percent: number): Topology {
  const rules = ['r1a', 'r1b'].map((arrivingOn) => ({ kind: 'loss', host: 'R1', arrivingOn, percent }) as const);
  return withRules(linear(), ...rules);
}

export const SLOW_LINK_SCENARIOS: readonly Scenario[] = [
  {
    ...LINEAR,
    name: 'loss',
    title: 'three packets in a hundred are lost each way, of any size',
    topology: losing(3),
    families: overBoth(() => expectation('clear', clear(1500), clear(1500))),
  },
  {
    ...LINEAR,
    name: 'heavy-loss',
    title: 'ten packets in a hundred are lost each way, of any size',
    topology: losing(10),
    families: overBoth(() => expectation(['clear', 'inconclusive'], atWorstUnknown(1500), atWorstUnknown(1500))),
  },
  {
    ...LINEAR,
    name: 'loss-and-silence',
    title: 'two packets in a hundred are lost each way, and above 1400 vanishes on the way back',
    topology: withRules(losing(2), {
      kind: 'length-drop',
      host: 'R1',
      arrivingOn: 'r1b',
      above: 1400,
      families: null,
    }),
    families: overBoth(() =>
      expectation(['black-hole', 'inconclusive'], atWorstUnknown(1500), { behaviour: ['silent', 'unknown'] }),
    ),
  },
  {
    ...LINEAR,
    name: 'far',
    title: 'a round trip of 50 ms',
    topology: FAR,
    families: overBoth(() => expectation('clear', clear(1500), clear(1500))),
  },
  {
    ...LINEAR,
    name: 'far-silent',
    title: 'a round trip of 50 ms, and everything above 1400 vanishes both ways',
    topology: withRules(
      FAR,
      { kind: 'length-drop', host: 'S', arrivingOn: 's0', above: 1400, families: null },
      { kind: 'length-drop', host: 'C', arrivingOn: 'c0', above: 1400, families: null },
    ),
    families: overBoth(() => expectation('black-hole', silent(1400), silent(1400))),
  },
];
