/** `mtu-probe layers`: every network namespace that leaves through here, measured from inside. */

import type { WriteStream } from 'node:tty';
import { type LayersOptions, parseLayersOptions } from '../config/layers.ts';
import { targetListsOf } from '../config/parse.ts';
import type { LayersReport } from '../layers/contract.ts';
import { layers } from '../layers/layers.ts';
import { createClock } from '../net/clock.ts';
import { requireJoining } from '../net/namespaces/privilege.ts';
import { EXIT_CODES, exitCode } from './exit-code.ts';
import { interruptible } from './interruption.ts';
import { deliverLayers, requireLayersDestination } from './layers-report.ts';
import { layersDeps } from './layers-world.ts';
import { type SweepLine, sweepLine } from './sweep-line.ts';

/** @param given what the command line said. @returns the exit code. @throws MtuProbeError before anything is sent. */
export async function layersCommand(given: unknown): Promise<number> {
  const files = targetListsOf(given);
  const listed = files.length === 0 ? [] : (await import('./target-lists.ts')).readTargetLists(files);
  const options = parseLayersOptions(given, listed);
  requireLayersDestination(options.output);
  requireJoining();
  const progress = progressOf(options);
  const interruption = interruptible();
  try {
    const deps = layersDeps(options, progress.onProgress);
    const { run, scope, atOnce, evidence } = options;
    const { targets, failOn, expectMtu } = run;
    const report = await layers(scope, { targets, failOn, atOnce }, deps, interruption.signal);
    progress.clear();
    await deliverLayers(report, options.output, { failOn, expectMtu, evidence });
    return layersExitCode(report, options);
  } finally {
    progress.clear();
    interruption.end();
  }
}

function progressOf({ quiet }: LayersOptions): SweepLine {
  return sweepLine(quiet ? null : (process.stderr as WriteStream), process.stderr.isTTY, createClock().now);
}

/** What is proved to be wrong in any layer comes before what is not known of any, and that before what is well. */
function layersExitCode({ layers: all, verdict }: LayersReport, { run }: LayersOptions): number {
  const codes = all.flatMap(({ report }) => (report === null ? [] : [exitCode(report, run)]));
  if (codes.includes(EXIT_CODES.found)) return EXIT_CODES.found;
  const isKnown = verdict !== 'inconclusive' && verdict !== 'unreachable';
  return isKnown && !codes.includes(EXIT_CODES.unknown) ? EXIT_CODES.clear : EXIT_CODES.unknown;
}
