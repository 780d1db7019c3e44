/** Everything that can be typed, as plain values: what completions and the manual are made of. */

import { type Command, CommanderError, type Option } from 'commander';
import { documentSections } from '../document-sections.ts';
import { type Epilog, epilogOf } from '../epilog.ts';
import type { Actions } from '../program.ts';
import { createProgram, SHELLS } from '../program.ts';
import { type Values, valuesOf } from './values.ts';

export interface OptionModel {
  /** As help has it: `-4, --ipv4`, `--report <format=file>`. */
  readonly flags: string;
  /** What can be typed: `-4`, `--ipv4`. */
  readonly words: readonly string[];
  readonly help: string;
  /** Heading in help, without its colon. */
  readonly group: string;
  readonly isRepeatable: boolean;
  /** `null` for a switch. */
  readonly values: Values | null;
}

export interface CommandModel {
  /** Empty for the program itself, else as in `config check`. */
  readonly name: string;
  readonly usage: string;
  readonly help: string;
  readonly options: readonly OptionModel[];
  /** What stands for words that are no options; its first one is completed. */
  readonly argument: { readonly shape: string; readonly help: string; readonly values: Values } | null;
  readonly epilog: Epilog;
}

/** Nobody acts on what is only looked at. */
const NOTHING = new Proxy({}, { get: () => async () => 0 }) as Actions;

/** The program, then every command in the order of help, a command before those below it. */
export async function commandModels(): Promise<CommandModel[]> {
  const program = createProgram(NOTHING);
  const models: CommandModel[] = [];
  await addModels(models, program, program, []);
  const run = models.find(({ name }) => name === 'run');
  // The one command that hands on what it is given.
  return models.map((model) => (model.name === 'demo' ? { ...model, options: run?.options ?? [] } : model));
}

async function addModels(models: CommandModel[], program: Command, command: Command, words: string[]): Promise<void> {
  await addLateOptions(program, command, words);
  models.push(modelOf(command, words));
  for (const child of command.commands) await addModels(models, program, child, [...words, child.name()]);
}

/** Some options are added when their command is called. So it is called, for its help. */
async function addLateOptions(program: Command, command: Command, words: readonly string[]): Promise<void> {
  command.configureOutput({ writeOut: () => undefined });
  try {
    await program.parseAsync([...words, '--help'], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError) || error.exitCode !== 0) throw error;
  }
}

function modelOf(command: Command, words: readonly string[]): CommandModel {
  const help = command.createHelp();
  const [argument] = help.visibleArguments(command);
  const name = words.join(' ');
  return {
    name,
    usage: help.commandUsage(command),
    help: command.description(),
    options: help.visibleOptions(command).map(optionOf),
    argument:
      argument === undefined
        ? null
        : { shape: help.argumentTerm(argument), help: argument.description, values: argumentValues(name) },
    epilog: epilogOf(command),
  };
}

function optionOf(option: Option): OptionModel {
  const { flags, short, long, description, helpGroupHeading, parseArg } = option;
  const shape = /<(.*)>/.exec(flags)?.[1];
  return {
    flags,
    words: [short, long].filter((word) => word !== undefined && word !== null),
    help: description,
    group: (helpGroupHeading ?? 'Options:').replace(/:$/, ''),
    isRepeatable: parseArg !== undefined,
    values: shape === undefined ? null : valuesOf(shape),
  };
}

function argumentValues(command: string): Values {
  if (command === 'completion') return { kind: 'words', words: SHELLS };
  if (command === 'explain') {
    return {
      kind: 'words',
      words: [...new Set(documentSections().map(({ word }) => word))].filter((word) => !word.includes(' ')).sort(),
    };
  }
  return { kind: 'free' };
}
