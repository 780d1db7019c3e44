/** `mtu-probe inspect`: what is configured in every layer, and where it steps. Nothing is sent. */

import { parseInspectOptions } from '../config/layers.ts';
import { inspectLayers } from '../layers/layers.ts';
import { EXIT_CODES } from './exit-code.ts';
import { interruptible } from './interruption.ts';
import { deliverLayers, requireLayersDestination } from './layers-report.ts';
import { inspectDeps } from './layers-world.ts';

/** @param given what the command line said. @returns the exit code. @throws MtuProbeError */
export async function inspectCommand(given: unknown): Promise<number> {
  const { scope, output, failOnStep } = parseInspectOptions(given);
  requireLayersDestination(output);
  const interruption = interruptible();
  try {
    const report = await inspectLayers(scope, inspectDeps(), interruption.signal);
    await deliverLayers(report, output, { failOn: 'delayed', expectMtu: null, evidence: false });
    return failOnStep && report.findings.length > 0 ? EXIT_CODES.found : EXIT_CODES.clear;
  } finally {
    interruption.end();
  }
}
