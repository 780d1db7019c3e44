/** The manual page, in man(7): every command with its options, exit codes, variables and files. */

import { USUAL_FILES } from '../../config/watch/config-file.ts';
import { CONFIG_SETTING, SETTING_KEYS, SETTINGS } from '../../config/watch/settings.ts';
import type { CommandModel, OptionModel } from './command-model.ts';
import { bold, code, entry, escaped, flags, folded } from './roff.ts';

/** Of the text below; what is generated goes by the version. */
const DATE = '2026-11-26';

const DESCRIPTION = [
  'Downloads hang, ping is fine, and the same command works on the host: often packets above some size vanish on the way, and nobody tells their sender.',
  'finds, in about a second and from inside the container, which packet sizes really get through in each direction, who is told when one does not, and which number to configure.',
  'All numbers are sizes of whole IP packets in bytes. The report is on stdout, everything else on stderr.',
];

const SEE_ALSO = ['ip-link(8)', 'ping(8)', 'tracepath(8)', 'tcp(7)', 'ip(7)'];

/** @param version of the package. */
export function manPage(models: readonly CommandModel[], version: string): string {
  const [program, ...commands] = models;
  if (program === undefined) throw new Error('there is no program');
  const [first = '', second = '', third = ''] = DESCRIPTION;
  return `${folded([
    '.\\" Made of the definitions of the commands: npm run manual',
    `.TH MTU\\-PROBE 1 ${DATE} "mtu\\-probe ${version}" "User Commands"`,
    '.SH NAME',
    'mtu\\-probe \\- find which packet sizes really get through, in both directions',
    '.SH SYNOPSIS',
    ...commands
      .filter((model) => !isParent(model, commands))
      .flatMap((model, index) => [...(index === 0 ? [] : ['.br']), synopsis(model)]),
    '.SH DESCRIPTION',
    escaped(first),
    '.PP',
    `${bold('mtu-probe')} ${escaped(second)}`,
    '.PP',
    escaped(third),
    '.SH OPTIONS',
    ...program.options.flatMap(optionEntry),
    '.SH COMMANDS',
    ...commands.flatMap((model) => commandPart(model, commands)),
    '.SH ENVIRONMENT',
    `${escaped('Every setting of')} ${bold('watch')} ${escaped('has a variable. The command line outranks it, and it outranks the file. A list is written as in the file.')}`,
    ...[CONFIG_SETTING, ...SETTING_KEYS.map((key) => SETTINGS[key])].flatMap(({ variable, flag }) =>
      entry(bold(variable), `As ${bold(flag)}.`),
    ),
    ...entry(
      `${bold('https_proxy')}, ${bold('http_proxy')}, ${bold('no_proxy')}`,
      escaped('Where a job would use a proxy, the way to it is measured as well.'),
    ),
    ...entry(bold('NO_COLOR'), 'Reports have no colours.'),
    '.SH FILES',
    ...USUAL_FILES.flatMap((file) => entry(bold(file), `Configuration of ${bold('watch')}, the first that there is.`)),
    '.SH EXIT STATUS',
    `Of ${bold('run')}; other commands have theirs above.`,
    ...exitCodes(commands.find(({ name }) => name === 'run')),
    '.SH EXAMPLES',
    ...code(program.epilog.examples),
    '.SH SEE ALSO',
    SEE_ALSO.map((page) => escaped(page).replace(/^(.*)(\(\d\))$/, '\\fB$1\\fR$2')).join(', '),
  ]).join('\n')}\n`;
}

function isParent({ name }: CommandModel, models: readonly CommandModel[]): boolean {
  return models.some((other) => other.name.startsWith(`${name} `));
}

function synopsis({ name, usage }: CommandModel): string {
  return `${bold(`mtu-probe ${name}`)} ${escaped(usage.replace(`mtu-probe ${name}`, ''))}`.trim();
}

function commandPart(model: CommandModel, models: readonly CommandModel[]): string[] {
  const { name, help, argument, epilog } = model;
  if (isParent(model, models)) return [];
  const shape = argument === null ? '' : ` \\fI${escaped(argument.shape)}\\fR`;
  const [same] = models.filter((other) => other.name === borrowedFrom(model));
  return [
    `.SS ${bold(name)}`,
    `${escaped(sentence(help))}`,
    ...(argument === null ? [] : entry(shape.trim(), escaped(argument.help))),
    ...(same === undefined
      ? optionParts(model)
      : [
          '.PP',
          `${escaped('It takes the options of')} ${bold(same.name)}${escaped(name === 'demo' ? '.' : ' that are about its settings.')}`,
        ]),
    ...(epilog.exitCodes.length === 0 || name === 'run' ? [] : ['.PP', 'Exit status:', ...exitCodes(model)]),
    ...(epilog.examples.length === 0 ? [] : ['.PP', 'Examples:', ...code(epilog.examples)]),
  ];
}

/** Options that are written once. */
function borrowedFrom({ name }: CommandModel): string | null {
  if (name === 'demo') return 'run';
  return name.startsWith('config ') ? 'watch' : null;
}

function optionParts({ options }: CommandModel): string[] {
  const own = options.filter(({ words }) => !words.includes('--help'));
  const groups = [...new Set(own.map(({ group }) => group))];
  return groups.flatMap((group) => [
    ...(groups.length === 1 ? [] : ['.PP', `\\fI${escaped(group)}\\fR`]),
    ...own.filter((option) => option.group === group).flatMap(optionEntry),
  ]);
}

function optionEntry(option: OptionModel): string[] {
  return entry(flags(option.flags), escaped(`${option.help}.`));
}

function exitCodes(model: CommandModel | undefined): string[] {
  return (model?.epilog.exitCodes ?? []).flatMap(([number, meaning]) =>
    entry(bold(String(number)), escaped(sentence(meaning))),
  );
}

/** Help begins small and ends without a stop. */
function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${text.endsWith('.') ? '' : '.'}`;
}
