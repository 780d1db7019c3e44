/** One segment, no router that could speak. */

import type { Scenario } from '../scenario.ts';
import { switched } from '../topologies/switched.ts';
import { expectation, silent } from './expectations.ts';
import { LINEAR, overBoth, SERVER_NAME } from './linear-scenario.ts';

const FINDINGS = ['black-hole-forward', 'black-hole-reverse'] as const;

export const SWITCHED_SCENARIOS: readonly Scenario[] = [
  {
    ...LINEAR,
    name: 'trunk',
    title: 'a trunk port of 1400 between two switches',
    topology: switched({ hosts: 1500, ports: 1500, trunk: 1400 }),
    families: overBoth(() => expectation('black-hole', silent(1400), silent(1400), { findings: FINDINGS })),
  },
  {
    ...LINEAR,
    name: 'jumbo',
    title: 'hosts of 9000 on a segment of 1500',
    topology: switched({ hosts: 9000, ports: 1500, trunk: 1500 }),
    families: overBoth(
      () => expectation('black-hole', silent(1500), silent(1500), { findings: FINDINGS }),
      // A TLS flight is shorter than two packets of 9000.
      `http://${SERVER_NAME}/`,
    ),
  },
];
