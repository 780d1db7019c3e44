/** Every scenario, each in a process of its own, a few at once. */

import type { Family } from '../contract.ts';
import { program } from '../shipped.ts';
import { complete } from './command.ts';
import { needsTun } from './network.ts';
import { SCENARIOS } from './scenarios/index.ts';

export interface AllRequest {
  /** Scenarios at once. */
  readonly jobs: number;
  readonly families: readonly Family[];
  readonly unprivileged: boolean;
}

const LIMIT_MS = 300_000; // per scenario, far above the slowest

/** Prints what `run` prints, and a summary. @returns 0 when every run was as expected, else 1. */
export async function runAll({ jobs, families, unprivileged }: AllRequest): Promise<number> {
  const mayOpenTun = !unprivileged && process.geteuid?.() === 0;
  const skipped = SCENARIOS.filter(({ topology }) => needsTun(topology) && !mayOpenTun);
  for (const { name } of skipped) console.log(`skip ${name}: its delay needs /dev/net/tun, run as root`);
  const options = [
    ...(families.length === 1 ? ['--family', `${families[0]}`] : []),
    ...(unprivileged ? ['--unprivileged'] : []),
  ];
  const queue = SCENARIOS.filter((scenario) => !skipped.includes(scenario));
  const total = queue.length;
  const failed: string[] = [];
  const worker = async (): Promise<void> => {
    for (let scenario = queue.shift(); scenario !== undefined; scenario = queue.shift()) {
      const { exitCode, stdout, stderr } = await complete(
        program('lab/main', 'run', scenario.name, ...options),
        '',
        LIMIT_MS,
      );
      process.stdout.write(stdout);
      process.stderr.write(stderr);
      if (exitCode !== 0) failed.push(scenario.name);
    }
  };
  await Promise.all(Array.from({ length: jobs }, worker));
  console.log(
    `${total - failed.length} scenarios as expected, ${failed.length} not, ${skipped.length} skipped` +
      (failed.length === 0 ? '' : `: ${failed.join(', ')}`),
  );
  return failed.length === 0 ? 0 : 1;
}
