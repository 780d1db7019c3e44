import { Command, CommanderError } from 'commander';
import { describe, expect, it } from 'vitest';
import { addInspectOptions, addLayersOptions } from '../../../src/cli/layers-options.ts';
import { createProgram } from '../../../src/cli/program.ts';
import { addWatchOptions } from '../../../src/cli/watch-options.ts';
import { HEALTH_OPTION_NAMES } from '../../../src/config/health.ts';
import { INSPECT_OPTION_NAMES, LAYERS_OPTION_NAMES } from '../../../src/config/layers.ts';
import { OPTION_NAMES, parseRunOptions } from '../../../src/config/parse.ts';
import { SERVE_OPTION_NAMES } from '../../../src/config/serve.ts';
import { WATCH_OPTION_NAMES } from '../../../src/config/watch/from-flags.ts';
import { SILENT } from '../silent-actions.ts';

describe('the command line', () => {
  it.each([
    ['run', OPTION_NAMES],
    ['serve', SERVE_OPTION_NAMES],
    ['health', HEALTH_OPTION_NAMES],
  ])('offers exactly the options that the parser reads: %s', (name, expected) => {
    const found = createProgram(SILENT).commands.find((command) => command.name() === name);
    const names = new Set(found?.options.map((option) => option.attributeName()));
    expect([...names].sort()).toEqual([...expected].sort());
  });

  it.each([
    ['layers', addLayersOptions, LAYERS_OPTION_NAMES],
    ['inspect', addInspectOptions, INSPECT_OPTION_NAMES],
  ] as const)('offers exactly the options that the parser reads: %s', (_, add, expected) => {
    const names = add(new Command()).options.map((option) => option.attributeName());
    expect(names.sort()).toEqual([...expected].sort());
  });

  it('offers exactly the options that the parser reads: watch', () => {
    const names = new Set(addWatchOptions(new Command()).options.map((option) => option.attributeName()));
    expect([...names].sort()).toEqual([...WATCH_OPTION_NAMES].sort());
  });

  it('hands nothing to watch that was not typed, and both forms of a switch', async () => {
    const watch = (...words: string[]): unknown => addWatchOptions(new Command()).parse(words, { from: 'user' }).opts();
    expect(watch()).toEqual({});
    expect(watch('--gating', '--no-responder', '--no-gentle', '-4')).toEqual({
      gating: true,
      responder: false,
      gentle: false,
      ipv4: true,
    });
    expect(watch('--no-gating', '--peer', 'a', '--peer', 'b')).toEqual({ gating: false, peer: ['a', 'b'] });
  });

  it.each([['watch'], ['config', 'check'], ['config', 'print']])(
    '%s %s takes the options of watch',
    async (...words) => {
      let values: unknown = null;
      const take = async (given: unknown): Promise<number> => {
        values = given;
        return 0;
      };
      const program = createProgram({ ...SILENT, watch: take, configCheck: take, configPrint: take });
      await program.parseAsync([...words, '--target', 'a', '--history', 'b.db'], { from: 'user' });
      expect(values).toEqual({ target: ['a'], history: 'b.db' });
    },
  );

  it('collects every target', async () => {
    const values = await typed('run', '--target', 'rubygems.org', '--target=example.org', '-4', '-q');
    expect(values).toEqual({ target: ['rubygems.org', 'example.org'], ipv4: true, quiet: true });
    expect(parseRunOptions(values).run.targets).toEqual(['rubygems.org', 'example.org']);
  });

  it('hands what follows demo to run, whatever it is', async () => {
    let args: readonly string[] = [];
    const program = createProgram({
      ...SILENT,
      demo: async (given) => {
        args = given;
        return 0;
      },
    });
    await program.parseAsync(['demo', '--format', 'json', '-6'], { from: 'user' });
    expect(args).toEqual(['--format', 'json', '-6']);
  });

  it('stops at what it does not know', async () => {
    await expect(typed('run', '--nonsense')).rejects.toThrow(CommanderError);
  });
});

async function typed(...words: readonly string[]): Promise<unknown> {
  let values: unknown = null;
  const program = createProgram({
    ...SILENT,
    run: async (given) => {
      values = given;
      return 0;
    },
  });
  for (const command of [program, ...program.commands]) command.configureOutput({ writeErr: () => {} });
  await program.parseAsync([...words], { from: 'user' });
  return values;
}
