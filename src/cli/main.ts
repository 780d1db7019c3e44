#!/usr/bin/env node
/** The command line. Each command is loaded when it is called, and only then. */

import { CommanderError } from 'commander';
import { MtuProbeError } from '../errors.ts';
import { EXIT_CODES } from './exit-code.ts';
import { createProgram } from './program.ts';

/** A crash is no finding: without this, Node would end with 1, as for a black hole. */
process.on('uncaughtException', (error) => {
  console.error(error);
  process.exit(EXIT_CODES.usage);
});

const program = createProgram({
  run: async (values) => (await import('./run.ts')).runCommand(values),
  layers: async (values) => (await import('./layers.ts')).layersCommand(values),
  inspect: async (values) => (await import('./inspect.ts')).inspectCommand(values),
  explain: async (word) => (await import('./explain.ts')).explainCommand(word),
  completion: async (shell) => (await import('./completion.ts')).completionCommand(shell),
  serve: async (values) => (await import('./serve.ts')).serveCommand(values),
  watch: async (values) => (await import('./watch.ts')).watchCommand(values),
  configCheck: async (values) => (await import('./config.ts')).configCheckCommand(values),
  configPrint: async (values) => (await import('./config.ts')).configPrintCommand(values),
  health: async (values) => (await import('./health.ts')).healthCommand(values),
  demo: async (args) => (await import('./demo.ts')).runDemo(args),
});

/** `help layers` is `layers --help`, whose options come when they are asked for. */
const [first, ...rest] = process.argv.slice(2);
const words = first === 'help' ? [...rest, '--help'] : process.argv.slice(2);

program.parseAsync(words, { from: 'user' }).catch((error: unknown) => {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? EXIT_CODES.clear : EXIT_CODES.usage;
  else if (error instanceof MtuProbeError) {
    // What was typed may hold line breaks; the message is one line all the same.
    console.error(`mtu-probe: ${error.message.replace(/[\r\n]+/g, ' ')}`);
    process.exitCode = EXIT_CODES.usage;
  } else throw error;
});
