/** What real shells offer when Tab is pressed. */

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { ended, mtuProbe } from '../command.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

const folder = mkdtempSync(join(tmpdir(), 'mtu-probe-completion-'));
for (const file of ['report.xml', 'rest of it.txt', 'other']) writeFileSync(join(folder, file), '');
mkdirSync(join(folder, 'reports'));
afterAll(() => rmSync(folder, { recursive: true }));

const FISH = 'cd $argv[1]; source $argv[2]; complete -C $argv[3] | string replace --regex "\\t.*" "" | sort -u';
const SHELLS: Readonly<Record<string, (line: string) => readonly string[]>> = {
  bash: (line) => ['bash', '--norc', here('complete.bash'), `${ROOT}/completions/mtu-probe.bash`, line],
  zsh: (line) => ['zsh', '-f', here('complete.zsh'), `${ROOT}/completions/_mtu-probe`, line],
  fish: (line) => ['fish', '--no-config', '-c', FISH, folder, `${ROOT}/completions/mtu-probe.fish`, line],
};

/** In the order of the alphabet. */
async function offered(shell: string, line: string): Promise<string[]> {
  const words = SHELLS[shell]?.(line) ?? [];
  const { exitCode, stdout, stderr } = await ended(['env', '-C', folder, 'LC_ALL=C', 'TERM=dumb', ...words]);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  return stdout.split('\n').filter((word) => word !== '');
}

const LINES: readonly (readonly [line: string, offers: readonly string[]])[] = [
  ['mtu-probe wa', ['watch']],
  ['mtu-probe config ', ['check', 'print']],
  ['mtu-probe run --fo', ['--format']],
  ['mtu-probe run --format ', ['github', 'gitlab', 'json', 'junit', 'markdown', 'prometheus', 'text']],
  ['mtu-probe layers --format ', ['json', 'text']],
  ['mtu-probe run --target rubygems.org --method ', ['auto', 'icmp', 'tcp', 'udp']],
  ['mtu-probe run --direction ', ['both', 'forward', 'reverse']],
  ['mtu-probe run --fail-on d', ['delayed']],
  ['mtu-probe run --environment podman', ['podman', 'podman-machine', 'podman-rootless', 'podman-slirp4netns']],
  ['mtu-probe serve --log-level ', ['debug', 'error', 'info', 'silent', 'trace', 'warn']],
  ['mtu-probe run --interface l', ['lo']],
  // An option that takes a value in one command is a switch in another one.
  ['mtu-probe watch --responder --responder-max', ['--responder-max-clients', '--responder-max-rate']],
  ['mtu-probe run --responder --responder-max', []],
  // Its name is that of a command.
  ['mtu-probe run --target config --method u', ['udp']],
  ['mtu-probe run --target 127.0.0.1:443 --method u', ['udp']],
  ['mtu-probe config check --peers-method ', ['auto', 'icmp', 'tcp', 'udp']],
  ['mtu-probe watch --once', ['--once-ready']],
  ['mtu-probe explain black', ['black-hole', 'black-hole-forward', 'black-hole-reverse']],
  ['mtu-probe completion ', ['bash', 'fish', 'zsh']],
  ['mtu-probe demo --format j', ['json', 'junit']],
  // Nothing is known of a host, and files are none.
  ['mtu-probe run --target ', []],
];

describe.each(Object.keys(SHELLS))('%s', (shell) => {
  it('offers the commands', async () => {
    const words = ['completion', 'config', 'demo', 'explain', 'health', 'inspect', 'layers', 'run', 'serve', 'watch'];
    expect(await offered(shell, 'mtu-probe ')).toEqual(words);
  });

  it.each(LINES)('%s', async (line, offers) => {
    expect(await offered(shell, line)).toEqual(offers);
  });

  it('offers every option of run', async () => {
    const help = readFileSync(here('../help/run.txt'), 'utf8');
    const options = [...help.matchAll(/^ {2}(?:-\w, )?(--[a-z0-9-]+)/gm)].map(([, option = '']) => option);
    expect(options.length).toBeGreaterThan(25);
    expect(await offered(shell, 'mtu-probe run --')).toEqual(options.sort());
  });

  it('offers files for what is a file', async () => {
    // A folder may end with a slash, and a blank be quoted.
    const names = (await offered(shell, 'mtu-probe run --secret-file re')).map((name) => name.replace(/\/$|\\/g, ''));
    expect(names).toEqual(['report.xml', 'reports', 'rest of it.txt']);
  });

  it('offers a format, and a file behind it', async () => {
    const formats = await offered(shell, 'mtu-probe run --report j');
    // The "=" is either part of it, or what stands behind it.
    expect(formats.map((format) => format.replace(/=$/, ''))).toEqual(['json', 'junit']);
    const files = await offered(shell, 'mtu-probe run --report junit=report.');
    expect(files.map((file) => file.replace('junit=', ''))).toEqual(['report.xml']);
  });
});

it('"mtu-probe completion" prints each of them', async () => {
  for (const [shell, file] of [
    ['bash', 'mtu-probe.bash'],
    ['zsh', '_mtu-probe'],
    ['fish', 'mtu-probe.fish'],
  ] as const) {
    const stdout = readFileSync(`${ROOT}/completions/${file}`, 'utf8');
    expect(await mtuProbe('completion', shell)).toEqual({ exitCode: 0, stdout, stderr: '' });
  }
  expect(await mtuProbe('completion', 'tcsh')).toEqual({
    exitCode: 2,
    stdout: '',
    stderr: 'mtu-probe: completion "tcsh": there is one for bash, zsh, fish\n',
  });
});
