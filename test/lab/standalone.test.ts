/** One file, copied to where there is a C library and nothing else, does the main job. */

import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../src/contract.ts';
import { ORIGIN_SERVER } from '../../src/lab/topologies/nested.ts';
import { COMMAND, lab } from './lab.ts';

const BUILD = fileURLToPath(new URL('../../scripts/build-standalone', import.meta.url));
const LIMIT_MS = 60_000;
const OLDEST_GLIBC = 28; // 2.28: Debian 10, RHEL 8
const RUNS = 15;

const made = mkdtempSync(join(tmpdir(), 'mtu-probe-standalone-'));
const root = join(made, 'root');
const executable = join(made, 'bin/mtu-probe');

function librariesOf(file: string): string[] {
  return execFileSync('ldd', [file], { encoding: 'utf8' }).match(/\/\S+(?=\s\(0x)/g) ?? [];
}

function nativeParts(): string[] {
  return readdirSync(join(made, 'lib/mtu-probe')).map((name) => join(made, 'lib/mtu-probe', name));
}

/** Everything that is in there: the file, the libraries it and its parts name, a list of hosts, and places for mounts. */
function makeBareRoot(): void {
  for (const folder of ['proc', 'dev', 'tmp', 'etc']) mkdirSync(join(root, folder), { recursive: true });
  chmodSync(join(root, 'tmp'), 0o1777);
  writeFileSync(join(root, 'etc/hosts'), `${ORIGIN_SERVER} rubygems.org\n`);
  for (const library of [executable, ...nativeParts()].flatMap(librariesOf)) {
    mkdirSync(join(root, dirname(library)), { recursive: true });
    copyFileSync(library, join(root, library));
  }
  copyFileSync(executable, join(root, 'mtu-probe'));
  // A root that others may enter: mkdtemp's is for its owner only.
  chmodSync(made, 0o755);
}

/** In the build container of the incident, inside the bare root. */
function inBareRoot(before: string, user: string, ...words: readonly string[]) {
  const script = `mount -t proc proc ${root}/proc && mount --rbind /dev ${root}/dev && ${before} && exec env -u NODE_EXTRA_CA_CERTS chroot --userspec=${user} ${root} /mtu-probe ${words.join(' ')}`;
  return lab('enter', 'dind', '--', 'sh', '-c', script);
}

beforeAll(() => {
  execFileSync(BUILD, [made], { stdio: ['ignore', 'ignore', 'pipe'] });
  makeBareRoot();
}, LIMIT_MS);

afterAll(() => rmSync(made, { recursive: true }));

describe('the executable in a bare root file system', () => {
  it.each([
    ['root', '0:0', 'icmp-raw'],
    ['an ordinary user', '1000:1000', 'tcp-segment'],
  ])(
    'finds the black hole of the incident as %s, and leaves nothing behind',
    { timeout: LIMIT_MS },
    async (_, user, method) => {
      const { exitCode, output } = await inBareRoot('true', user, 'run --target rubygems.org --format json');
      expect(exitCode, output).toBe(1);
      const [path] = (JSON.parse(output) as Report).paths;
      expect(path).toMatchObject({
        verdict: 'black-hole',
        reverse: { pathMtu: 1450, exact: true, behaviour: 'silent' },
      });
      expect(path?.forward.provedBy).toContain(method);
      expect(readdirSync(join(root, 'tmp'))).toEqual([]);
    },
  );

  it('has the guard of its routes with it', { timeout: LIMIT_MS }, async () => {
    const { exitCode, output } = await inBareRoot('true', '0:0', 'run --target rubygems.org --advertise-mtu 1400');
    expect(exitCode, output).toBe(0);
    expect(output).toMatch(/^ {11}1400 bytes arrive/m);
  });

  it('explains, as its documents are in it', { timeout: LIMIT_MS }, async () => {
    const { exitCode, output } = await inBareRoot('true', '1000:1000', 'explain black-hole');
    expect(exitCode, output).toBe(0);
    expect(output).toMatch(/^black-hole {2}\(/);
  });

  it('watches, as the libraries of the service are in it', { timeout: LIMIT_MS }, async () => {
    const words = 'watch --target rubygems.org --once-ready --history /tmp/history.db --listen 127.0.0.1:0';
    const { exitCode, output } = await inBareRoot('true', '1000:1000', words);
    expect(exitCode, output).toBe(1);
    expect(output).toMatch(/reverse {2}you ◀──1450──✗──1500── /);
    expect(readdirSync(join(root, 'tmp'))).toEqual(['history.db']);
    rmSync(join(root, 'tmp/history.db'));
  });

  it('names the way out where it may unpack nothing', { timeout: LIMIT_MS }, async () => {
    const readOnly = `mount --bind ${root} ${root} && mount -o remount,bind,ro ${root}`;
    const { exitCode, output } = await inBareRoot(readOnly, '1000:1000', 'run --target rubygems.org');
    expect(exitCode, output).toBe(2);
    expect(output).toMatch(/^mtu-probe: .*\/tmp: EROFS.*TMPDIR.*\n$/);
  });
});

describe('the executable', () => {
  it('takes no unknown program for one of its own', () => {
    const { status, stderr } = spawnSync(executable, ['--program=cli/nonsense'], { encoding: 'utf8' });
    expect([status, stderr]).toEqual([2, expect.stringContaining('--program=cli/nonsense')]);
  });

  it('shows the demo, whose programs are in it', { timeout: LIMIT_MS }, async () => {
    const { status, stdout, stderr } = spawnSync(executable, ['demo'], { encoding: 'utf8' });
    expect(status, stderr).toBe(0);
    expect(stdout).toMatch(/^black-hole[\s\S]*^clear/m);
  });

  it('needs no C library younger than that of Debian 10', () => {
    expect(nativeParts()).toHaveLength(3);
    for (const file of [executable, ...nativeParts()]) {
      const symbols = execFileSync('objdump', ['-T', file], { encoding: 'utf8', maxBuffer: 1 << 28 });
      const versions = [...symbols.matchAll(/GLIBC_2\.(\d+)/g)].map(([, minor]) => Number(minor));
      expect(versions.length).toBeGreaterThan(0);
      expect(Math.max(...versions), file).toBeLessThanOrEqual(OLDEST_GLIBC);
    }
  });

  it('starts sooner than the package', () => {
    const variants = { executable: [executable], package: [process.execPath, COMMAND] };
    const took = { executable: [] as number[], package: [] as number[] };
    for (let run = 0; run < RUNS; run += 1) {
      for (const name of ['executable', 'package'] as const) {
        const [file = '', ...args] = variants[name];
        const before = performance.now();
        spawnSync(file, [...args, 'run', '--target', '127.0.0.1']);
        took[name].push(performance.now() - before);
      }
    }
    const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[RUNS >> 1] ?? 0;
    const [own, rival] = [median(took.executable), median(took.package)];
    const megabytes = readFileSync(executable).byteLength / 1e6;
    process.stdout.write(
      `standalone: ${megabytes.toFixed(0)} MB; run on loopback ${own.toFixed(0)} ms, the package ${rival.toFixed(0)} ms\n`,
    );
    expect(own).toBeLessThan(rival);
  });
});
