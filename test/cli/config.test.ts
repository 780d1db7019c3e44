import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { COMMAND, ended, mtuProbe } from './command.ts';

const FOLDER = mkdtempSync(join(tmpdir(), 'mtu-probe-config-'));
afterAll(() => rmSync(FOLDER, { recursive: true }));

function written(name: string, text: string): string {
  const file = join(FOLDER, name);
  writeFileSync(file, text);
  return file;
}

describe('config check', () => {
  it('says in a few lines what watch would do', async () => {
    const yaml = [
      'targets:',
      '- rubygems.org',
      '- target: 10.0.0.5:443',
      '  cron: "0 3 1 1 *"',
      '  timeZone: UTC',
      '  expectMtu: 1450',
      '  gating: false',
      'listen: 0.0.0.0:9482',
      'history: ./x.db',
      'notifications: ["https://hooks.example.org/T0K3N"]',
    ].join('\n');
    const file = written('good.yaml', yaml);
    const { exitCode, stdout, stderr } = await mtuProbe('config', 'check', '--config', file, '--jitter', '5s');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const year = '20\\d\\d-01-01T03:00:00Z';
    expect(stdout.split('\n')).toEqual([
      `${file}: 2 targets, 4 at once`,
      '  rubygems.org: every 60s, up to 5s later, fails on delayed',
      expect.stringMatching(
        new RegExp(
          `^ {2}10\\.0\\.0\\.5:443: cron "0 3 1 1 \\*" in UTC \\(next ${year}, ${year}, ${year}\\), up to 5s later, fails on delayed, expects 1450, not gating$`,
        ),
      ),
      'listen     0.0.0.0:9482, without a token',
      'history    ./x.db: successes 7d, failures 90d, 256MB at most',
      'responder  off',
      'peers      none',
      'notify     https://hooks.example.org',
      'warning: everybody who reaches 0.0.0.0 may read results and start measurements: set tokenFile',
      '',
    ]);
  });

  const bad = written('bad.yaml', 'targets: [a]\nintervall: 5s\n');
  const scheme = written('scheme.yaml', 'targets:\n- a\n- ftp://a/\n');
  const none = join(FOLDER, 'none.yaml');
  const huge = written('huge.yaml', '#'.repeat(2 * 1024 * 1024));
  const folder = FOLDER;
  it.each([
    [['--config', bad], `${bad}:2: unknown key intervall (did you mean interval?)`],
    [
      ['--config', scheme],
      `${scheme}:3: targets[1]: target "ftp://a/" has the scheme ftp: only https, http and mtu can be measured, or give host:port`,
    ],
    [['--config', none], `--config ${none} cannot be read (ENOENT): name a file that exists and is yours`],
    [['--config', folder], `--config ${folder} cannot be read (EISDIR): name a file that exists and is yours`],
    [['--config', huge], `${huge} is larger than 1 MiB: is it another file?`],
    [['--config', '/dev/zero'], '/dev/zero is larger than 1 MiB: is it another file?'],
    [
      ['--target', 'a', '--interval', '1ms'],
      '--interval 1ms cannot be used: give a duration from 1s to 31d, as in 500ms, 5s, 1m, 2h, 7d',
    ],
    [['--target', 'a', '--intervall', '1s'], "unknown option '--intervall' (Did you mean --interval?)"],
    [['--xyzzy'], "unknown option '--xyzzy': see mtu-probe config check --help"],
    [[], 'nothing to watch: name a target, as in --target rubygems.org, or peers'],
  ])('refuses %o in one line', async (args, says) => {
    const words = [process.execPath, COMMAND, 'config', 'check', ...args];
    expect(await ended(words)).toEqual({ exitCode: 2, stdout: '', stderr: `mtu-probe: ${says}\n` });
  });

  it('is one of two', async () => {
    const { exitCode, stderr } = await mtuProbe('config', 'chekc');
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr: "mtu-probe: unknown command 'chekc' (Did you mean check?)\n",
    });
    expect((await mtuProbe('config')).exitCode).toBe(2);
  });
});

describe('config print', () => {
  it('is a file that config print prints again', async () => {
    const { exitCode, stdout } = await mtuProbe('config', 'print', '--target', 'a', '--peers-dns', 'b', '--no-gating');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('gating: false # --no-gating\n');
    const again = await mtuProbe('config', 'print', '--config', written('printed.yaml', stdout));
    const values = (text: string): string => text.replaceAll(/ #.*$/gm, '');
    expect(values(again.stdout)).toBe(values(stdout));
  });

  it('shows no secret, and opens no file that has one', async () => {
    const token = written('token', 'T0K3N');
    const { stdout } = await mtuProbe(
      'config',
      'print',
      '--target',
      'a',
      '--token-file',
      token,
      '--secret-file',
      '/none',
    );
    expect(stdout).toContain(`tokenFile: ${token} # --token-file`);
    expect(stdout).not.toContain('T0K3N');
  });
});

it('watch refuses what config check refuses', async () => {
  const { exitCode, stderr } = await mtuProbe('watch', '--target', 'a', 'b');
  expect({ exitCode, stderr }).toEqual({
    exitCode: 2,
    stderr:
      "mtu-probe: too many arguments for 'watch'. Expected 0 arguments but got 1. Every target needs --target of its own.\n",
  });
  expect((await mtuProbe('watch')).stderr).toBe(
    'mtu-probe: nothing to watch: name a target, as in --target rubygems.org, or peers\n',
  );
});
