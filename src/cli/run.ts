/** `mtu-probe run`: options in, report out, exit code. */

import type { WriteStream } from 'node:tty';
import { LOG_LEVELS, type OutputOptions, type RunOptions } from '../config/options.ts';
import { parseRunOptions, targetListsOf } from '../config/parse.ts';
import { ResolveError } from '../errors.ts';
import { createChannels } from '../net/channels.ts';
import { createClock } from '../net/clock.ts';
import { openOwnRoute } from '../net/own-route.ts';
import { resolveWithProxy } from '../net/proxied.ts';
import { readSurroundings } from '../net/surroundings.ts';
import { type RunDeps, run } from '../run.ts';
import { deliver, requireDestinations } from './deliver.ts';
import { exitCode } from './exit-code.ts';
import { type Interruption, interruptible } from './interruption.ts';
import { createLog } from './log.ts';
import { progressLine } from './progress.ts';
import { version } from './version.ts';

/** @param given what the command line said. @returns the exit code. @throws MtuProbeError before anything is sent. */
export async function runCommand(given: unknown): Promise<number> {
  const files = targetListsOf(given);
  const listed = files.length === 0 ? [] : (await import('./target-lists.ts')).readTargetLists(files);
  const { run: options, output, secretFile } = parseRunOptions(given, listed);
  const secret = secretFile === null ? null : (await import('./secret-file.ts')).readSecretFile(secretFile);
  requireDestinations(output, process.env);
  const clock = createClock();
  const progress = isProgressWanted(output) ? progressLine(process.stderr as WriteStream, clock.now) : null;
  const log = createLog(output.logLevel, process.stderr.isTTY, () => progress?.clear());
  const interruption = interruptible();
  const deps: RunDeps = {
    resolve: (target, how) =>
      untilInterrupted(resolveWithProxy(target, how, process.env, asksTcpForward(options)), target, interruption),
    channels: createChannels(options.resolve, { log, secret }),
    openRoute: (path, size, option) => openOwnRoute(path, size, option, options.resolve),
    clock,
    wallClock: () => new Date(),
    surroundings: readSurroundings,
    version: version(),
    onProgress: progress?.onProgress ?? null,
    log,
  };
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

/** What the way to a proxy can be asked for. */
function asksTcpForward({ measure }: RunOptions): boolean {
  return (measure.method === 'auto' || measure.method === 'tcp') && measure.directions.includes('forward');
}

/** Log lines and a line that is written over and over do not go together. */
function isProgressWanted({ quiet, logLevel }: OutputOptions): boolean {
  const isLogging = LOG_LEVELS.indexOf(logLevel) <= LOG_LEVELS.indexOf('info');
  return !quiet && !isLogging && process.stderr.isTTY;
}

/** Looking up a name cannot be stopped: the report does not wait for it, though the process ends after it. */
function untilInterrupted<Result>(result: Promise<Result>, target: string, { signal }: Interruption): Promise<Result> {
  return new Promise((resolve, reject) => {
    const giveUp = (): void => reject(new ResolveError(`${target}: interrupted while its addresses were looked up`));
    signal.addEventListener('abort', giveUp, { once: true });
    result.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp));
  });
}
