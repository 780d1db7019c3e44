import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { mtuProbe } from './command.ts';

describe('help', () => {
  it.each([
    ['mtu-probe', ['--help']],
    ['run', ['run', '--help']],
    ['layers', ['layers', '--help']],
    ['inspect', ['inspect', '--help']],
    ['serve', ['serve', '--help']],
    ['watch', ['watch', '--help']],
    ['config', ['config', '--help']],
    ['config-check', ['config', 'check', '--help']],
    ['config-print', ['config', 'print', '--help']],
    ['health', ['health', '--help']],
    ['demo', ['demo', '--help']],
    ['explain', ['explain', '--help']],
    ['completion', ['completion', '--help']],
  ])('of %s', async (name, args) => {
    const { exitCode, stdout, stderr } = await mtuProbe(...args);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
    await expect(stdout).toMatchFileSnapshot(`help/${name}.txt`);
  });

  it.each([[[]], [['layers']], [['config', 'check']]])('is had by "help" as well: %j', async (command) => {
    expect(await mtuProbe('help', ...command)).toEqual(await mtuProbe(...command, '--help'));
  });

  it('the version is that of the package', async () => {
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
      version: string;
    };
    expect(await mtuProbe('--version')).toEqual({ exitCode: 0, stdout: `${version}\n`, stderr: '' });
  });
});
