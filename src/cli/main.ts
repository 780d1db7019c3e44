#!/usr/bin/env node
/** The command line. Each command is loaded when it is called, and only then. */

import { Command, CommanderError } from 'commander';
import { MtuProbeError } from '../errors.ts';
import { EXIT } from './exit-code.ts';
import { addRunOptions } from './options.ts';
import { version } from './version.ts';

const program = new Command('mtu-probe')
  .description('Finds which packet sizes really get through, in both directions, and what to change when they do not.')
  .version(version(), '-V, --version', 'print the version')
  .helpOption('-h, --help', 'print this help')
  .helpCommand(false)
  .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, 'mtu-probe: ')) })
  .exitOverride();

addRunOptions(program.command('run'))
  .description('measure every address of one or more targets')
  .addHelpText('after', exitCodes())
  .action(async (options) => {
    const { runCommand } = await import('./run.ts');
    process.exitCode = await runCommand(options);
  });

program
  .command('demo')
  .description('build the incident this program was made for on this machine, measure it, repair it, measure it again')
  .allowUnknownOption()
  .argument('[options...]', 'options for both runs of "run"')
  .action(async (options: string[]) => {
    const { runDemo } = await import('./demo.ts');
    process.exitCode = await runDemo(options);
  });

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? EXIT.fine : EXIT.usage;
  else if (error instanceof MtuProbeError) {
    process.stderr.write(`mtu-probe: ${error.message}\n`);
    process.exitCode = EXIT.usage;
  } else throw error;
}

function exitCodes(): string {
  return `
Exit codes:
  0  nothing worse than "reduced"
  1  a path is at or above --fail-on, or is proved to carry less than --expect-mtu
  2  usage, configuration or privilege; nothing was sent
  3  something could not be decided or reached`;
}
