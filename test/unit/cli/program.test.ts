import { CommanderError } from 'commander';
import { describe, expect, it } from 'vitest';
import { createProgram } from '../../../src/cli/program.ts';
import { OPTION_NAMES, parseRunOptions } from '../../../src/config/parse.ts';
import { SERVE_OPTION_NAMES } from '../../../src/config/serve.ts';

const SILENT = { run: async () => 0, serve: async () => 0, demo: async () => 0, explain: async () => 0 };

describe('the command line', () => {
  it.each([
    ['run', OPTION_NAMES],
    ['serve', SERVE_OPTION_NAMES],
  ])('offers exactly the options that the parser reads: %s', (name, expected) => {
    const found = createProgram(SILENT).commands.find((command) => command.name() === name);
    const names = found?.options.map((option) => option.attributeName()) ?? [];
    expect(names.sort()).toEqual([...expected].sort());
  });

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
