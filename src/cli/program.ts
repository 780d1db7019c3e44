import { Command, type OutputConfiguration } from 'commander';
import { addHealthOptions } from './health-options.ts';
import { addRunOptions } from './options.ts';
import { addServeOptions } from './serve-options.ts';
import { version } from './version.ts';

/** What each command does. Resolves with the exit code. */
export interface Actions {
  run(values: unknown): Promise<number>;
  serve(values: unknown): Promise<number>;
  watch(values: unknown): Promise<number>;
  configCheck(values: unknown): Promise<number>;
  configPrint(values: unknown): Promise<number>;
  health(values: unknown): Promise<number>;
  /** @param args more options for the `run` that it shows. */
  demo(args: readonly string[]): Promise<number>;
  /** @param word `undefined` lists what there is. */
  explain(word: string | undefined): Promise<number>;
}

const EXIT_CODES_HELP = `
Exit codes:
  0  no path is at or above --fail-on
  1  a path is at or above --fail-on, or is proved to carry less than --expect-mtu
  2  usage, configuration or privilege; nothing was sent
  3  something could not be decided, resolved or reached`;

/** What can be typed. It throws CommanderError for a mistake that it has explained, and after help and version. */
export function createProgram(actions: Actions): Command {
  const program = new Command('mtu-probe')
    .description(
      'Finds which packet sizes really get through, in both directions, and what to change when they do not.',
    )
    .version(version(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand(false)
    .enablePositionalOptions()
    .configureOutput(explaining('run'))
    .exitOverride();

  addRunOptions(program.command('run'))
    .description('measure every address of one or more targets')
    .addHelpText('after', EXIT_CODES_HELP)
    .action(async (values: unknown) => {
      process.exitCode = await actions.run(values);
    });

  addServeOptions(program.command('serve').configureOutput(explaining('serve')))
    .description('be the far end of a measurement: answers in packets of any size, until a signal ends it')
    .action(async (values: unknown) => {
      process.exitCode = await actions.serve(values);
    });

  addHealthOptions(program.command('health').configureOutput(explaining('health')))
    .description('ask a running "watch" whether its paths carry their packets, as a healthcheck or before a job')
    .action(async (values: unknown) => {
      process.exitCode = await actions.health(values);
    });

  program
    .command('watch')
    .usage('[options]')
    .configureOutput(explaining('watch'))
    .description('measure again and again, and tell what changes: history, HTTP, metrics, notifications')
    .action(async (values: unknown) => {
      process.exitCode = await actions.watch(values);
    });

  addConfigCommands(
    program
      .command('config')
      .description('look at what "watch" would do, without doing it')
      .helpCommand(false)
      .configureOutput(explaining('config'))
      .hook('preSubcommand', async (_, command) => addWatchOptions(command)),
    actions,
  );
  program.hook('preSubcommand', async (_, command) => {
    if (command.name() !== 'watch') return;
    await addWatchOptions(command);
    (await import('./ending-options.ts')).addEndingOptions(command);
  });

  program
    .command('demo')
    .description(
      'build the incident this program was made for on this machine, measure it, repair it, measure it again',
    )
    .allowUnknownOption()
    .argument('[options...]', 'options for both runs of "run"')
    .action(async (args: string[]) => {
      process.exitCode = await actions.demo(args);
    });

  program
    .command('explain')
    .description('say what a word or a number of a report means, without any network')
    .argument('[word]', 'a verdict, a finding, an environment or an MTU, as in black-hole or 1450')
    .action(async (word: string | undefined) => {
      process.exitCode = await actions.explain(word);
    });

  return program;
}

/** They are many, and made of the settings of the service: whoever starts a run waits for none of them. */
async function addWatchOptions(command: Command): Promise<void> {
  (await import('./watch-options.ts')).addWatchOptions(command);
}

function addConfigCommands(config: Command, actions: Actions): void {
  config
    .command('check')
    .usage('[options]')
    .configureOutput(explaining('config check'))
    .description('say in a few lines what "watch" would do, or what is wrong')
    .action(async (values: unknown) => {
      process.exitCode = await actions.configCheck(values);
    });
  config
    .command('print')
    .usage('[options]')
    .configureOutput(explaining('config print'))
    .description('print all settings as a file, each with where it comes from')
    .action(async (values: unknown) => {
      process.exitCode = await actions.configPrint(values);
    });
}

/** @param command whose help has the options. */
function explaining(
  command: 'run' | 'serve' | 'watch' | 'health' | 'config' | 'config check' | 'config print',
): OutputConfiguration {
  return { outputError: (text, write) => write(inOneLine(text, command)) };
}

/** What to do about each of Commander's complaints: the first that fits. */
const FIXES: readonly (readonly [complaint: RegExp, fix: (command: string) => string])[] = [
  [/Did you mean/, () => ''],
  [/^too many arguments for '(run|watch)'/, () => ' Every target needs --target of its own.'],
  [/^too many arguments/, (command) => ` See mtu-probe ${command} --help.`],
  [/\boption\b/, (command) => `: see mtu-probe ${command} --help`],
  [/./, () => ': see mtu-probe --help'],
];

/** Commander puts its suggestion on a line of its own, and names no fix where it has none. */
function inOneLine(text: string, command: string): string {
  const message = text
    .trim()
    .replace(/^error: /, '')
    .replace(/\s*\n\s*/g, ' ');
  const fix = FIXES.find(([complaint]) => complaint.test(message))?.[1](command) ?? '';
  return `mtu-probe: ${message}${fix}\n`;
}
