/** `mtu-probe run`: options in, report out, exit code. */

import type { WriteStream } from 'node:tty';
import { insideOf } from '../config/inside.ts';
import { LOG_LEVELS, type OutputOptions } from '../config/options.ts';
import { parseRunOptions, targetListsOf } from '../config/parse.ts';
import { createClock } from '../net/clock.ts';
import type { Job } from '../net/namespaces/job-in.ts';
import { type RunDeps, run } from '../run.ts';
import { deliver, requireDestinations } from './deliver.ts';
import { exitCode } from './exit-code.ts';
import { interruptible } from './interruption.ts';
import { createLog } from './log.ts';
import { runDeps } from './measure.ts';
import { progressLine } from './progress.ts';

/** Nobody else measures anything meanwhile. */
const ALONE: RunDeps['turn'] = async () => () => undefined;

/** @param given what the command line said. @returns the exit code. @throws MtuProbeError before anything is sent. */
export async function runCommand(given: unknown): Promise<number> {
  const job = await jobInside(given);
  const files = targetListsOf(given);
  const listed = files.length === 0 ? [] : (await import('./target-lists.ts')).readTargetLists(files);
  const { run: options, output, secretFile } = parseRunOptions(given, listed);
  const secret = secretFile === null ? null : (await import('./secret-file.ts')).readSecretFile(secretFile);
  requireDestinations(output, process.env);
  const progress = isProgressWanted(output) ? progressLine(process.stderr as WriteStream, createClock().now) : null;
  const log = createLog(output.logLevel, process.stderr.isTTY, () => progress?.clear());
  const interruption = interruptible();
  const deps = runDeps(
    options,
    { log, secret, onProgress: progress?.onProgress ?? null, job, turn: ALONE },
    interruption.signal,
  );
  try {
    const report = await run(options, deps, interruption.signal);
    progress?.clear();
    await deliver(report, options, output, process.env);
    await log.flush();
    return exitCode(report, options);
  } finally {
    progress?.clear();
    interruption.end();
  }
}

/**
 * Does not return where another place is asked for: this process goes there and starts again. Before standard input is
 * read, which can be done only once.
 *
 * @returns the job to measure for; `null` is whoever runs this.
 */
async function jobInside(given: unknown): Promise<Job | null> {
  const asked = insideOf(given);
  if (asked === null && process.env.MTU_PROBE_PLACE === undefined) return null;
  const { goInside, isInside } = await import('./inside.ts');
  if (asked === null) return isInside(process.env);
  if (targetListsOf(given).length === 0) parseRunOptions(given);
  return goInside(asked, process.argv.slice(2), process.env);
}

/** Log lines and a line that is written over and over do not go together. */
function isProgressWanted({ quiet, logLevel }: OutputOptions): boolean {
  const isLogging = LOG_LEVELS.indexOf(logLevel) <= LOG_LEVELS.indexOf('info');
  return !quiet && !isLogging && process.stderr.isTTY;
}
