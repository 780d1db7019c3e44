/** Whether the program takes a command line, up to the point where it would act. */

import type { Command } from 'commander';
import { documentSections } from '../../src/cli/document-sections.ts';
import { createProgram, SHELLS } from '../../src/cli/program.ts';
import { parseHealthOptions } from '../../src/config/health.ts';
import { parseInspectOptions, parseLayersOptions } from '../../src/config/layers.ts';
import { parseRunOptions, targetListsOf } from '../../src/config/parse.ts';
import { parseServeOptions } from '../../src/config/serve.ts';
import { parseEnding } from '../../src/config/watch/ending.ts';
import { loadWatchOptions } from '../../src/config/watch/load.ts';
import { outside } from './config/watch/outside.ts';

const FILE = 'targets: [rubygems.org]';

/** @throws what it would say to whoever typed that. */
export async function understood(words: readonly string[]): Promise<void> {
  const program = createProgram({
    run: took((values) => {
      parseRunOptions(values, targetListsOf(values).length === 0 ? [] : ['rubygems.org']);
    }),
    layers: took((values) => {
      parseLayersOptions(values, targetListsOf(values).length === 0 ? [] : ['rubygems.org']);
    }),
    inspect: took((values) => {
      parseInspectOptions(values);
    }),
    serve: took((values) => {
      parseServeOptions(values);
    }),
    watch: took((values) => watched(parseEnding(values as Record<string, unknown>).settings)),
    configCheck: took(watched),
    configPrint: took(watched),
    health: took((values) => {
      parseHealthOptions(values, {});
    }),
    demo: took((args) => understood(['run', '--target', 'rubygems.org', ...(args as string[])])),
    explain: took((word) => among(word, [undefined, ...documentSections().map((section) => section.word)])),
    completion: took((shell) => among(shell, SHELLS)),
  });
  silence(program);
  await program.parseAsync(words, { from: 'user' }).catch((error: { exitCode?: number }) => {
    // Help and version end it, and are what was asked for.
    if (error.exitCode !== 0) throw error;
  });
}

function silence(command: Command): void {
  command.configureOutput({ writeOut: () => undefined, writeErr: () => undefined });
  for (const child of command.commands) silence(child);
}

function took(read: (given: unknown) => void | Promise<void>) {
  return async (given: unknown): Promise<number> => {
    await read(given);
    return 0;
  };
}

async function watched(values: unknown): Promise<void> {
  const files = Object.fromEntries(['mtu-probe.yaml', './mtu-probe.yaml'].map((name) => [name, FILE]));
  await loadWatchOptions(values, {}, outside(files));
}

function among(word: unknown, words: readonly unknown[]): void {
  if (!words.includes(word) && !/^\d+$/.test(String(word))) throw new Error(`${String(word)} is not known`);
}
