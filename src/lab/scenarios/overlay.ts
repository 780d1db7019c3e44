/** Pods of two nodes over VXLAN. */

import type { Scenario } from '../scenario.ts';
import { PODS_SERVER, pods } from '../topologies/pods.ts';
import { expectation, silent } from './expectations.ts';
import { LINEAR, overBoth, SERVER_NAME } from './linear-scenario.ts';

export const OVERLAY_SCENARIOS: readonly Scenario[] = [
  {
    ...LINEAR,
    name: 'overlay',
    title: 'pods of 1450 over VXLAN, an underlay of 1400, and fragments dropped',
    topology: pods({ overlay: 1450, underlay: 1400, fragmentsDropped: true }),
    names: { [SERVER_NAME]: [PODS_SERVER[4], PODS_SERVER[6]] },
    families: overBoth(() => expectation('black-hole', silent(1350), silent(1350))),
  },
];
