/** All networks that the lab can build. */

import { UsageError } from '../../errors.ts';
import { randomNetwork } from '../random/network.ts';
import { randomScenario } from '../random/scenario.ts';
import type { Scenario } from '../scenario.ts';
import { DOCKER_IN_DOCKER_SCENARIOS } from './docker-in-docker.ts';
import { HOSTILE_SCENARIOS } from './hostile.ts';
import { NESTED_SCENARIOS } from './nested.ts';
import { ODD_DEVICE_SCENARIOS } from './odd-devices.ts';
import { ONE_FAMILY_SCENARIOS } from './one-family.ts';
import { OVERLAY_SCENARIOS } from './overlay.ts';
import { responderScenarios } from './responder.ts';
import { ROUTED_SCENARIOS } from './routed.ts';
import { SERVER_SCENARIOS } from './servers.ts';
import { SLOW_LINK_SCENARIOS } from './slow-links.ts';
import { SWITCHED_SCENARIOS } from './switched.ts';
import { TWO_WAYS_SCENARIOS } from './two-ways.ts';
import { UDP_SCENARIOS } from './udp.ts';
import { WATCHED_SCENARIOS } from './watched.ts';

const BY_A_SERVER: readonly Scenario[] = [
  ...DOCKER_IN_DOCKER_SCENARIOS,
  ...ROUTED_SCENARIOS,
  ...ONE_FAMILY_SCENARIOS,
  ...SWITCHED_SCENARIOS,
  ...OVERLAY_SCENARIOS,
  ...ODD_DEVICE_SCENARIOS,
  ...SLOW_LINK_SCENARIOS,
  ...TWO_WAYS_SCENARIOS,
  ...UDP_SCENARIOS,
  ...SERVER_SCENARIOS,
];

export const SCENARIOS: readonly Scenario[] = [
  ...BY_A_SERVER,
  ...responderScenarios(BY_A_SERVER),
  ...HOSTILE_SCENARIOS,
];

/** @param name of one above, or `random-SEED`. @throws UsageError when there is none of that name. */
export function scenarioOf(name: string): Scenario {
  const seed = /^random-(\d{1,9})$/.exec(name)?.[1];
  if (seed !== undefined) return randomScenario(randomNetwork(Number(seed)));
  const scenario = [...SCENARIOS, ...WATCHED_SCENARIOS, ...NESTED_SCENARIOS].find((entry) => entry.name === name);
  if (scenario === undefined) throw new UsageError(`no scenario "${name}": "list" names them`);
  return scenario;
}
