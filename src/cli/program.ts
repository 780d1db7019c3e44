import { Command, type OutputConfiguration } from 'commander';
import { addEpilog } from './epilog.ts';
import { addHealthOptions } from './health-options.ts';
import { addRunOptions } from './options.ts';
import { addServeOptions } from './serve-options.ts';
import { version } from './version.ts';

/** What each command does. Resolves with the exit code. */
export interface Actions {
  run(values: unknown): Promise<number>;
  layers(values: unknown): Promise<number>;
  inspect(values: unknown): Promise<number>;
  serve(values: unknown): Promise<number>;
  watch(values: unknown): Promise<number>;
  configCheck(values: unknown): Promise<number>;
  configPrint(values: unknown): Promise<number>;
  health(values: unknown): Promise<number>;
  /** @param args more options for the `run` that it shows. */
  demo(args: readonly string[]): Promise<number>;
  /** @param word `undefined` lists what there is. */
  explain(word: string | undefined): Promise<number>;
  completion(shell: string): Promise<number>;
}

/** Which shells there are completions for. */
export const SHELLS = ['bash', 'zsh', 'fish'] as const;

const DEMO_EXIT_CODES = [
  [0, 'the black hole was found, and gone after the repair'],
  [1, 'it was not'],
  [2, 'the scene could not be built here'],
] as const;

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
  addEpilog(program, [
    'mtu-probe run --target rubygems.org',
    'mtu-probe layers --target rubygems.org    # on a node: every container at once',
    'mtu-probe watch --target rubygems.org --history ./mtu-probe.db',
    'mtu-probe explain black-hole',
    'mtu-probe run --help    # all options of a command',
  ]);

  program.commandsGroup('Measure:');
  addRunOptions(program.command('run'))
    .description('measure every address of one or more targets')
    .action(async (values: unknown) => {
      process.exitCode = await actions.run(values);
    });

  program
    .command('layers')
    .usage('[options]')
    .configureOutput(explaining('layers'))
    .description(
      'measure from inside every container whose way out leads through here, and show where the MTU steps down',
    )
    .action(async (values: unknown) => {
      process.exitCode = await actions.layers(values);
    });

  program
    .command('inspect')
    .usage('[options]')
    .configureOutput(explaining('inspect'))
    .description(
      'show what is set in every container whose way out leads through here, and where the MTU steps down; nothing is sent',
    )
    .action(async (values: unknown) => {
      process.exitCode = await actions.inspect(values);
    });

  addServeOptions(program.command('serve').configureOutput(explaining('serve')))
    .description('be the far end of a measurement: answers in packets of any size, until a signal ends it')
    .action(async (values: unknown) => {
      process.exitCode = await actions.serve(values);
    });

  addEpilog(program.command('demo'), ['mtu-probe demo', 'mtu-probe demo --evidence'], DEMO_EXIT_CODES)
    .description(
      'build the incident this program was made for on this machine, measure it, repair it, measure it again',
    )
    .allowUnknownOption()
    .argument('[options...]', 'options for both runs of "run"')
    .action(async (args: string[]) => {
      process.exitCode = await actions.demo(args);
    });

  program.commandsGroup('Measure again and again:');
  program
    .command('watch')
    .usage('[options]')
    .configureOutput(explaining('watch'))
    .description('measure again and again, and tell what changes: history, HTTP, metrics, notifications')
    .action(async (values: unknown) => {
      process.exitCode = await actions.watch(values);
    });

  addHealthOptions(program.command('health').configureOutput(explaining('health')))
    .description('ask a running "watch" whether its paths carry their packets, as a healthcheck or before a job')
    .action(async (values: unknown) => {
      process.exitCode = await actions.health(values);
    });

  addConfigCommands(
    addEpilog(program.command('config'), [
      'mtu-probe config check --config ./mtu-probe.yaml',
      'mtu-probe config print --target rubygems.org > mtu-probe.yaml',
      'mtu-probe config check --help    # all settings',
    ])
      .description('look at what "watch" would do, without doing it')
      .helpCommand(false)
      .configureOutput(explaining('config'))
      .hook('preSubcommand', async (_, command) => addWatchOptions(command)),
    actions,
  );
  program.hook('preSubcommand', async (_, command) => {
    await LATE_OPTIONS[command.name()]?.(command);
  });

  program.commandsGroup('Look up:');
  addEpilog(program.command('explain').configureOutput(explaining('explain')), [
    'mtu-probe explain black-hole',
    'mtu-probe explain 1450',
    'mtu-probe explain',
  ])
    .description('say what a word or a number of a report means, without any network')
    .argument('[word]', 'a verdict, a finding, an environment or an MTU, as in black-hole or 1450')
    .action(async (word: string | undefined) => {
      process.exitCode = await actions.explain(word);
    });

  addEpilog(program.command('completion').configureOutput(explaining('completion')), [
    'source <(mtu-probe completion bash)    # in ~/.bashrc',
    'mtu-probe completion zsh > "$fpath[1]/_mtu-probe"',
    'mtu-probe completion fish > ~/.config/fish/completions/mtu-probe.fish',
  ])
    .description('print what makes a shell complete these commands, their options and their values')
    .argument('<shell>', `${SHELLS.join(', ')}`)
    .action(async (shell: string) => {
      process.exitCode = await actions.completion(shell);
    });

  return program;
}

/** Options of commands for whose sake no start of a run waits. */
const LATE_OPTIONS: Readonly<Record<string, (command: Command) => Promise<unknown>>> = {
  watch: async (command) => {
    await addWatchOptions(command);
    (await import('./ending-options.ts')).addEndingOptions(command);
  },
  layers: async (command) => (await import('./layers-options.ts')).addLayersOptions(command),
  inspect: async (command) => (await import('./layers-options.ts')).addInspectOptions(command),
};

/** They are many, and made of the settings of the service: whoever starts a run waits for none of them. */
async function addWatchOptions(command: Command): Promise<void> {
  (await import('./watch-options.ts')).addWatchOptions(command);
}

function addConfigCommands(config: Command, actions: Actions): void {
  addEpilog(config.command('check'), [
    'mtu-probe config check',
    'mtu-probe config check --config ./mtu-probe.yaml',
    'mtu-probe config check --target rubygems.org --interval 30s',
  ])
    .usage('[options]')
    .configureOutput(explaining('config check'))
    .description('say in a few lines what "watch" would do, or what is wrong')
    .action(async (values: unknown) => {
      process.exitCode = await actions.configCheck(values);
    });
  addEpilog(config.command('print'), [
    'mtu-probe config print',
    'mtu-probe config print --target rubygems.org > mtu-probe.yaml',
  ])
    .usage('[options]')
    .configureOutput(explaining('config print'))
    .description('print all settings as a file, each with where it comes from')
    .action(async (values: unknown) => {
      process.exitCode = await actions.configPrint(values);
    });
}

/** @param command whose help has the options. */
function explaining(
  command:
    | 'run'
    | 'layers'
    | 'inspect'
    | 'serve'
    | 'watch'
    | 'health'
    | 'config'
    | 'config check'
    | 'config print'
    | 'explain'
    | 'completion',
): OutputConfiguration {
  return { writeOut: writeHelp, outputError: (text, write) => write(inOneLine(text, command)) };
}

/** Whoever reads only its first lines is no error. */
function writeHelp(text: string): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  process.stdout.write(text);
}

/** What to do about each of Commander's complaints: the first that fits. */
const FIXES: readonly (readonly [complaint: RegExp, fix: (command: string) => string])[] = [
  [
    /^unknown option '--(netns|pid|container|resolver)[=']/,
    (command) => `: only "mtu-probe run" measures from elsewhere; start "${command}" in there`,
  ],
  [/Did you mean/, () => ''],
  [/^too many arguments for '(run|layers|watch)'/, () => ' Every target needs --target of its own.'],
  [/^too many arguments/, (command) => ` See mtu-probe ${command} --help.`],
  [/\boption\b|^missing required argument/, (command) => `: see mtu-probe ${command} --help`],
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
