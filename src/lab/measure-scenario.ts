/** Runs the real command in the client of a scenario, as often as asked. */

import { performance } from 'node:perf_hooks';
import type { Family, Report } from '../contract.ts';
import { program } from '../shipped.ts';
import { outOfBounds } from './bounds.ts';
import { complete } from './command.ts';
import { type CommandRun, differences } from './differences.ts';
import type { Network } from './network.ts';
import type { FamilyRun, Scenario } from './scenario.ts';
import { takeStep } from './take-step.ts';

export interface MeasureRequest {
  readonly families: readonly Family[];
  /** Runs per family. */
  readonly repeat: number;
  /** What earlier runs taught the hosts stays in their route caches. */
  readonly keepLearnt: boolean;
  /** More arguments for `mtu-probe run`. */
  readonly args: readonly string[];
}

export interface MeasuredRun extends CommandRun {
  readonly family: Family;
  readonly differences: readonly string[];
  readonly stderr: string;
}

const LIMIT_MS = 120_000; // four times the longest timeout of any scenario

/** One result per run, as soon as it is there. */
export async function* measureScenario(
  scenario: Scenario,
  network: Network,
  { families, repeat, keepLearnt, args }: MeasureRequest,
): AsyncGenerator<MeasuredRun> {
  for (const family of families) {
    const run = scenario.families[family];
    if (run === undefined) continue;
    for (let number = 0; number < repeat; number++) {
      if (number === 0 || !keepLearnt) await prepare(scenario, network);
      const options = ['--target', run.target, `-${family}`, '--format', 'json', ...run.args, ...args];
      const start = performance.now();
      const { exitCode, stdout, stderr } = await complete(
        network.enter(scenario.client, program('cli/main', 'run', ...options)),
        '',
        LIMIT_MS,
      );
      const outcome = { report: reportIn(stdout), exitCode, wallMs: performance.now() - start };
      yield { ...outcome, family, differences: wrong(run.expect, outcome), stderr };
    }
  }
}

function wrong(expect: FamilyRun['expect'], run: CommandRun): string[] {
  return 'verdicts' in expect ? outOfBounds(expect, run) : differences(expect, run);
}

async function prepare(scenario: Scenario, network: Network): Promise<void> {
  await network.forget();
  for (const step of scenario.before) await takeStep(network, step);
}

function reportIn(stdout: string): Report | null {
  try {
    return JSON.parse(stdout) as Report;
  } catch {
    return null;
  }
}
