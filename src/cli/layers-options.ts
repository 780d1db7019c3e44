/** Options of `mtu-probe layers` and `mtu-probe inspect`, in the words of their help. */

import { Command } from 'commander';
import { LAYERS_DEFAULTS } from '../config/defaults.ts';
import { LAYERS_FORMATS, LAYERS_OPTION_NAMES } from '../config/layers.ts';
import { addEpilog } from './epilog.ts';
import { addRunOptions, collect } from './options.ts';

const LAYERS_EXAMPLES = [
  'mtu-probe layers --target rubygems.org',
  "mtu-probe layers --target rubygems.org --all --exclude 'kube-system/*'",
  'mtu-probe layers --target rubygems.org --only build-1 --format json',
];

const LAYERS_EXIT_CODES = [
  [0, 'no path of any layer is at or above --fail-on'],
  [1, 'a path is at or above --fail-on, or proved to carry less than --expect-mtu'],
  [2, 'usage or privilege; nothing was sent'],
  [3, 'something could not be decided, resolved or reached'],
] as const;

const INSPECT_EXAMPLES = [
  'mtu-probe inspect',
  'mtu-probe inspect --all --format json',
  'mtu-probe inspect --fail-on-step',
];

const INSPECT_EXIT_CODES = [
  [0, 'it was looked at'],
  [1, 'with --fail-on-step: an inner MTU is larger than an outer one'],
  [2, 'usage; nothing was looked at'],
] as const;

const TARGETS: readonly string[] = ['target', 'targets', 'responder', 'secretFile'];
const TELLING: readonly string[] = ['evidence', 'quiet'];
/** Of fewer formats, and of one file. */
const OWN: readonly string[] = ['format', 'output'];

/** Every option of `run` that means the same in every layer, and those that choose among layers. */
export function addLayersOptions(command: Command): Command {
  const rest = LAYERS_OPTION_NAMES.filter((name) => ![...TARGETS, ...TELLING, ...OWN].includes(name));
  addEpilog(command, LAYERS_EXAMPLES, LAYERS_EXIT_CODES);
  addOptions(command, TARGETS);
  addChoiceOptions(command);
  addOptions(command, rest);
  command
    .optionsGroup('How to measure:')
    .option('--at-once <n>', `measure so many layers at the same time (default: ${LAYERS_DEFAULTS.atOnce})`);
  addReportOptions(command);
  return addOptions(command, TELLING);
}

export function addInspectOptions(command: Command): Command {
  addChoiceOptions(addEpilog(command, INSPECT_EXAMPLES, INSPECT_EXIT_CODES));
  return addReportOptions(command).option(
    '--fail-on-step',
    'exit with 1 when an inner MTU is larger than an outer one',
  );
}

function addChoiceOptions(command: Command): Command {
  return command
    .optionsGroup('Which layers:')
    .option('--all', 'also those whose way out does not lead through this network')
    .option(
      '--only <pattern>',
      'leave alone all but layers of this name, container id, kind, process id or namespace; * stands for anything; may be repeated',
      collect,
    )
    .option('--exclude <pattern>', 'leave alone what matches; it is listed all the same; may be repeated', collect);
}

function addReportOptions(command: Command): Command {
  return command
    .optionsGroup('What is told:')
    .option(`--format <${LAYERS_FORMATS.join('|')}>`, `how the report is written (default: ${LAYERS_DEFAULTS.format})`)
    .option('--output <file>', 'write the report there instead of stdout');
}

/** Those of `run`, under its headings. */
function addOptions(command: Command, names: readonly string[]): Command {
  for (const option of addRunOptions(new Command()).options) {
    if (names.includes(option.attributeName())) command.addOption(option);
  }
  return command;
}
