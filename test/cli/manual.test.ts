/** The manual page and the completions are those of the commands as they are. */

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { commandModels } from '../../src/cli/manual/command-model.ts';
import { manualFiles } from '../../src/cli/manual/files.ts';
import { ended, mtuProbe } from './command.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PAGE = `${ROOT}/docs/mtu-probe.1`;

it('what is made of the commands is up to date: else run "npm run manual"', async () => {
  for (const [file, text] of Object.entries(await manualFiles())) {
    expect(readFileSync(`${ROOT}/${file}`, 'utf8'), file).toBe(text);
  }
});

it('every command has the options of its help, however late they are added', async () => {
  const models = await commandModels();
  expect(models.map(({ name }) => name)).toContain('config print');
  for (const { name, options } of models.filter((model) => model.name !== 'demo')) {
    const { stdout } = await mtuProbe(...name.split(' ').filter((word) => word !== ''), '--help');
    const helped = [...stdout.matchAll(/^ {2}(-.*?)(?: {2}|$)/gm)].map(([, flags]) => flags);
    expect(options.map(({ flags }) => flags).sort(), name).toEqual(helped.sort());
  }
});

describe('the manual page', () => {
  it('is what mandoc wants', async () => {
    expect(await ended(['mandoc', '-T', 'lint', '-W', 'all', PAGE])).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  });

  it('can be read', async () => {
    const { stdout } = await ended(['sh', '-c', `mandoc -T ascii -O width=80 "${PAGE}" | sed 's/.\\x08//g'`]);
    expect(stdout).toContain('     mtu-probe - find which packet sizes really get through, in both\n');
    expect(stdout).toMatch(/^ {5,7}--report format=file$/m);
    expect(stdout).toMatch(/^ {5,7}MTU_PROBE_HISTORY_KEEP_FAILURES$/m);
    expect(stdout).toContain('mtu-probe run --target rubygems.org --advertise-mtu 1500\n');
    expect(stdout).not.toMatch(/\\f|\\e|&\./);
  });
});
