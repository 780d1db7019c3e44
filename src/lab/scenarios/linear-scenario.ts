/** A client and `server.lab.test` with two routers between them, before anything is wrong. */

import type { Family } from '../../contract.ts';
import type { FamilyRun, Scenario } from '../scenario.ts';
import { site } from '../service.ts';
import { LINEAR_SERVER } from '../topologies/linear.ts';

export const SERVER_NAME = 'server.lab.test';

/** Client, an ordinary site, and its name in both families. */
export const LINEAR: Pick<Scenario, 'client' | 'servers' | 'names' | 'before'> = {
  client: 'C',
  servers: [site()],
  names: { [SERVER_NAME]: [LINEAR_SERVER[4], LINEAR_SERVER[6]] },
  before: [],
};

/** R1's address towards the client, which its own ICMP comes from. */
export const NEAR_ROUTER = { 4: '10.0.1.1', 6: 'fd00:1::1' } as const;

export function towards(target: string, expect: FamilyRun['expect'], ...args: readonly string[]): FamilyRun {
  return { target, args, expect };
}

/** The same over both families; `args` go to both runs. */
export function overBoth(
  expect: (family: Family) => FamilyRun['expect'],
  target: string = SERVER_NAME,
  ...args: readonly string[]
): Readonly<Record<Family, FamilyRun>> {
  return { 4: towards(target, expect(4), ...args), 6: towards(target, expect(6), ...args) };
}
