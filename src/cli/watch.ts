/** `mtu-probe watch`: measures again and again, until a signal ends it. */

import { aborted } from '../aborts.ts';
import { formatDuration } from '../config/quantities.ts';
import { type EndingOptions, parseEnding } from '../config/watch/ending.ts';
import type { Report } from '../contract.ts';
import { environmentsOf } from '../diagnosis/environment/environments-of.ts';
import { commonExpectation } from '../grade.ts';
import { readSurroundings } from '../net/surroundings.ts';
import type { Threshold } from '../report/formatter.ts';
import type { Service } from '../service/service.ts';
import { outcomeOf, strictest, summaryReport } from '../service/summary.ts';
import { Watch } from '../service/watch.ts';
import { deliver, requireDestinations } from './deliver.ts';
import { EXIT_CODES } from './exit-code.ts';
import { interruptible } from './interruption.ts';
import { createLog } from './log.ts';
import { heedHangups, reloading } from './reloading.ts';
import { untilReady } from './until-ready.ts';
import { version } from './version.ts';
import { readConfiguration } from './watch-configuration.ts';
import { readSecrets, watchWorld } from './watch-world.ts';

/** @param given what the command line said. @returns the exit code. @throws MtuProbeError before anything is sent. */
export async function watchCommand(given: unknown): Promise<number> {
  const wasHungUp = heedHangups();
  const { ending, settings } = parseEnding(given as Readonly<Record<string, unknown>>);
  const { options, file, warnings } = await readConfiguration(settings);
  const secrets = readSecrets(options);
  const reports = ending.onceReady || ending.untilSignal;
  if (reports) requireDestinations(ending.output, process.env);
  const log = createLog(options.logLevel, process.stderr.isTTY);
  const interruption = interruptible();
  const watch = await Watch.start(options, secrets, watchWorld(log, secrets.secret));
  for (const warning of warnings) log.warn({}, warning);
  log.info({ listen: watch.address, file }, `listens on http://${watch.address}/`);
  const endReloading = reloading(watch, settings, file, log);
  if (wasHungUp()) process.emit('SIGHUP', 'SIGHUP');
  const { service } = watch;
  if (ending.onceReady) log.info({}, `waits until it is ready, ${formatDuration(ending.readyWithinMs)} at most`);
  if (ending.onceReady) await untilReady(service, ending, interruption.signal);
  else await aborted(interruption.signal);
  endReloading();
  await watch.stop();
  interruption.end();
  if (reports) await deliver(reportOf(service), thresholdOf(service), ending.output, process.env);
  await log.flush();
  return reports ? codeOf(service, ending) : EXIT_CODES.clear;
}

/** One for the whole report: formats call the same a failure that the exit code does. */
function thresholdOf(service: Service): Threshold {
  const targets = service.targetStates();
  return { failOn: strictest(targets), expectMtu: commonExpectation(targets) };
}

function reportOf(service: Service): Report {
  return summaryReport({
    version: version(),
    startedAt: service.startedAt,
    durationMs: Date.now() - Date.parse(service.startedAt),
    environments: environmentsOf(readSurroundings()),
    targets: service.targetStates(),
    state: (id) => service.paths.get(id),
    lastReport: (id) => service.paths.lastReport(id),
  });
}

/** Of what gates for a job that waits, else of all. */
function codeOf(service: Service, { onceReady }: EndingOptions): number {
  const targets = service.targetStates().filter(({ gating }) => gating || !onceReady);
  const outcome = outcomeOf({ targets, state: (id) => service.paths.get(id) });
  if (!onceReady) return EXIT_CODES[outcome];
  if (service.readiness().ready) return EXIT_CODES.clear;
  // What was measured may be well, and peers not have been met yet.
  return outcome === 'found' ? EXIT_CODES.found : EXIT_CODES.unknown;
}
