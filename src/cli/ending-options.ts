/** Options of `watch` about its end; all others are settings of the service. */

import type { Command } from 'commander';
import { DEFAULTS } from '../config/defaults.ts';
import { FORMATS } from '../config/options.ts';
import { READY_WITHIN } from '../config/watch/ending.ts';
import { addEpilog } from './epilog.ts';
import { collect } from './options.ts';

const EXAMPLES = [
  'mtu-probe watch --target rubygems.org --interval 60s --history ./mtu-probe.db',
  'mtu-probe watch --config ./mtu-probe.yaml',
  'mtu-probe watch --target rubygems.org --once-ready --ready-within 2m',
  'mtu-probe watch --target rubygems.org --until-signal --report junit=mtu.xml',
];

const EXIT_CODES = [
  [0, 'it was ended by a signal, or --once-ready found every gating target well'],
  [1, '--once-ready found one that is not; with --until-signal as of "run"'],
  [2, 'usage, configuration or privilege; it did not start'],
  [3, '--once-ready knew neither in time; with --until-signal as of "run"'],
] as const;

export function addEndingOptions(command: Command): Command {
  return addEpilog(command, EXAMPLES, EXIT_CODES)
    .optionsGroup('How it ends:')
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
