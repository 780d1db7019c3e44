/** The world as a run needs it: real sockets, this host's names and routes. What `run` and `watch` share. */

import { orAborted } from '../aborts.ts';
import type { RunOptions } from '../config/options.ts';
import { ResolveError } from '../errors.ts';
import type { Log } from '../measure/log.ts';
import type { OnProgress } from '../measure/progress.ts';
import { createChannels } from '../net/channels.ts';
import { createClock } from '../net/clock.ts';
import type { Job } from '../net/namespaces/job-in.ts';
import { openOwnRoute } from '../net/own-route.ts';
import { resolveWithProxy } from '../net/proxied.ts';
import { readSurroundings } from '../net/surroundings.ts';
import type { RunDeps } from '../run.ts';
import { version } from './version.ts';

export interface MeasureParts {
  readonly log: Log;
  /** What responders know their own probers by. */
  readonly secret: Uint8Array | null;
  readonly onProgress: OnProgress | null;
  /** Whose names, variables and files count; `null` is whoever runs this. */
  readonly job: Job | null;
  /** Of an address; see `RunDeps`. */
  readonly turn: RunDeps['turn'];
}

/** @param signal ends the wait for a name as well. */
export function runDeps(options: RunOptions, parts: MeasureParts, signal: AbortSignal): RunDeps {
  const { log, secret, onProgress, job, turn } = parts;
  const environment = job?.environment ?? process.env;
  const lookup = job?.lookup ?? undefined;
  return {
    resolve: (target, how) =>
      untilAborted(resolveWithProxy(target, how, environment, asksTcpForward(options), lookup), target, signal),
    channels: createChannels(options.resolve, { log, secret }),
    openRoute: (path, size, option) => openOwnRoute(path, size, option, options.resolve),
    turn,
    clock: createClock(),
    wallClock: () => new Date(),
    surroundings: job?.surroundings ?? readSurroundings,
    version: version(),
    onProgress,
    log,
  };
}

/** What the way to a proxy can be asked for. */
function asksTcpForward({ measure }: RunOptions): boolean {
  return (measure.method === 'auto' || measure.method === 'tcp') && measure.directions.includes('forward');
}

/** Looking up a name cannot be stopped: the report does not wait for it, though the process ends after it. */
async function untilAborted<Result>(result: Promise<Result>, target: string, signal: AbortSignal): Promise<Result> {
  const found = await orAborted(result, signal);
  if (found === null) throw new ResolveError(`${target}: interrupted while its addresses were looked up`);
  return found;
}
