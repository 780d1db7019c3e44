/** Networks that the service is tried in: their story is told by its tests, so that no single run says what is right. */

import type { Scenario } from '../scenario.ts';
import { HTTP } from '../service.ts';
import { LINEAR_SERVER, linear } from '../topologies/linear.ts';
import { star } from '../topologies/star.ts';
import { LINEAR } from './linear-scenario.ts';

export const AGENTS = 5;
export const ODD_AGENT = 3;

/** Addresses of one server, each a target of its own. */
const TARGETS = 100;

export function targetAddress(number: number): string {
  return `10.9.0.${number}`;
}

const PLAIN = linear();

export const WATCHED_SCENARIOS: readonly Scenario[] = [
  {
    name: 'agents',
    title: 'five agents in one segment, one of them behind a trunk of 1400',
    topology: star({ hosts: AGENTS, odd: ODD_AGENT, trunk: 1400 }),
    client: 'A1',
    servers: [],
    names: {},
    before: [],
    families: {},
  },
  {
    ...LINEAR,
    name: 'hundred-targets',
    title: 'one server with a hundred addresses',
    topology: {
      ...PLAIN,
      loopbacks: Array.from({ length: TARGETS }, (_, index) => ({
        host: 'S',
        address: `${targetAddress(index + 1)}/32`,
      })),
      routes: [
        ...PLAIN.routes,
        { host: 'R1', to: '10.9.0.0/24', via: '10.0.2.2' },
        { host: 'R2', to: '10.9.0.0/24', via: LINEAR_SERVER[4] },
      ],
    },
    servers: [{ host: 'S', software: 'node', services: [HTTP] }],
    families: {},
  },
];
