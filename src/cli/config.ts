/** `mtu-probe config`: what `watch` would do, without doing it. */

import { printedConfiguration } from '../config/watch/print.ts';
import { EXIT_CODES } from './exit-code.ts';
import { readConfiguration } from './watch-configuration.ts';
import { summaryOf } from './watch-summary.ts';

/** @returns the exit code. @throws UsageError for what `watch` would refuse. */
export async function configCheckCommand(given: unknown): Promise<number> {
  for (const line of summaryOf(await readConfiguration(given), new Date())) console.log(line);
  return EXIT_CODES.clear;
}

/** @returns the exit code. @throws UsageError for what `watch` would refuse. */
export async function configPrintCommand(given: unknown): Promise<number> {
  process.stdout.write(printedConfiguration(await readConfiguration(given)));
  return EXIT_CODES.clear;
}
