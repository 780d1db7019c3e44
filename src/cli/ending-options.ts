/** Options of `watch` about its end; all others are settings of the service. */

import type { Command } from 'commander';
import { DEFAULTS } from '../config/defaults.ts';
import { FORMATS } from '../config/options.ts';
import { READY_WITHIN } from '../config/watch/ending.ts';
import { collect } from './options.ts';

export function addEndingOptions(command: Command): Command {
  return command
    .option(
      '--once-ready',
      'end with 0 as soon as every gating target is good enough, with 1 when one is proved not to be',
    )
    .option(
      '--ready-within <duration>',
      `end with 3 when --once-ready knows neither by then (default: ${READY_WITHIN})`,
    )
    .option('--until-signal', 'write a report of all that is known when a signal ends it, with the exit code of "run"')
    .option('--format <format>', `of that report: ${FORMATS.join(', ')} (default: ${DEFAULTS.format})`)
    .option('--output <file>', 'write it there instead of stdout')
    .option('--report <format=file>', 'write it there as well, as in junit=report.xml; may be repeated', collect)
    .option('--evidence', 'show what became of each size');
}
