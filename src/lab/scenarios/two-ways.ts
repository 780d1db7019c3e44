/** One bad way out of two: which connection takes it is chance. */

import type { DirectionExpectation, Expectation, Scenario } from '../scenario.ts';
import { twoWays } from '../topologies/two-ways.ts';
import { withRules } from '../topology.ts';
import { clear, expectation } from './expectations.ts';
import { LINEAR, overBoth } from './linear-scenario.ts';

/**
 * Six flows all take the same one of two ways in one run of 32. Where it is the good one, it looks as if there were no
 * other; where it is the bad one, later connections take both ways, and may not come to an exact number.
 */
const MOSTLY_BROKEN: DirectionExpectation = {
  pathMtu: [1400, 1500],
  exact: true,
  orAtLeastUpTo: 1400,
  behaviour: ['silent', 'clear'],
};

const clearAsWell = (forward: DirectionExpectation, reverse: DirectionExpectation): Expectation =>
  expectation(['black-hole', 'clear'], forward, reverse);

export const TWO_WAYS_SCENARIOS: readonly Scenario[] = [
  {
    ...LINEAR,
    name: 'two-ways-forward',
    title: 'two ways share the load, and above 1400 vanishes on one of them on the way there',
    topology: withRules(twoWays(), { kind: 'length-drop', host: 'Z', arrivingOn: 'z2', above: 1400, families: null }),
    families: overBoth(() => clearAsWell(MOSTLY_BROKEN, clear(1500))),
  },
  {
    ...LINEAR,
    name: 'two-ways-reverse',
    title: 'two ways share the load, and above 1400 vanishes on one of them on the way back',
    topology: withRules(twoWays(), { kind: 'length-drop', host: 'A', arrivingOn: 'a2', above: 1400, families: null }),
    families: overBoth(() => clearAsWell(clear(1500), MOSTLY_BROKEN)),
  },
  {
    ...LINEAR,
    name: 'two-narrow-ways',
    title: 'two ways share the load; on the way back one swallows what is above 1450, the other what is above 1300',
    topology: withRules(
      twoWays(),
      { kind: 'length-drop', host: 'A', arrivingOn: 'a1', above: 1450, families: null },
      { kind: 'length-drop', host: 'A', arrivingOn: 'a2', above: 1300, families: null },
    ),
    families: overBoth(() =>
      expectation('black-hole', clear(1500), {
        pathMtu: [1300, 1450],
        exact: true,
        orAtLeastUpTo: 1300,
        behaviour: 'silent',
      }),
    ),
  },
  {
    ...LINEAR,
    name: 'two-good-ways',
    title: 'two ways share the load, and nothing is wrong',
    topology: twoWays(),
    families: overBoth(() => expectation('clear', clear(1500), clear(1500))),
  },
];
