/** Program: one scenario, in the namespaces that `launch` made. Takes a request as JSON. */

import { spawnSync } from 'node:child_process';
import { MtuProbeError } from '../errors.ts';
import { describeRun } from './describe-run.ts';
import { type MeasureRequest, measureScenario } from './measure-scenario.ts';
import { openScenario } from './open-scenario.ts';
import { scenarioOf } from './scenarios/index.ts';

export type InsideRequest = { readonly scenario: string } & (
  | ({ readonly kind: 'measure'; readonly showReport: boolean } & MeasureRequest)
  /** Runs the words in one of the hosts. */
  | { readonly kind: 'enter'; readonly host: string | null; readonly words: readonly string[] }
);

/** @returns the exit code: 0 when every run was as expected, else 1; or that of the words. */
async function inside(request: InsideRequest): Promise<number> {
  const scenario = scenarioOf(request.scenario);
  const network = await openScenario(scenario);
  if (request.kind === 'enter') {
    const [file = '', ...args] = network.enter(request.host ?? scenario.client, request.words);
    return spawnSync(file, args, { stdio: 'inherit' }).status ?? 1;
  }
  let asExpected = true;
  for await (const run of measureScenario(scenario, network, request)) {
    console.log(describeRun(scenario.name, run));
    if (request.showReport) console.log(JSON.stringify(run.report, null, 2));
    asExpected &&= run.differences.length === 0;
  }
  return asExpected ? 0 : 1;
}

try {
  // The servers still run; the kernel ends them with this process.
  process.exit(await inside(JSON.parse(process.argv[2] ?? '') as InsideRequest));
} catch (error) {
  if (!(error instanceof MtuProbeError)) throw error;
  console.error(error.message);
  process.exit(2);
}
