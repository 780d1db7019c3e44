import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { FORMATS } from '../../src/config/options.ts';

const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

/** Every module that a command loads, as V8 itself saw it. */
function modulesLoadedBy(...args: readonly string[]): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'mtu-probe-'));
  try {
    const env = { ...process.env, NODE_V8_COVERAGE: folder };
    const { status, stderr } = spawnSync(process.execPath, [MAIN, ...args], { env, encoding: 'utf8' });
    expect([status, stderr]).toEqual([0, '']);
    return readdirSync(folder).flatMap((file) => {
      const { result } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as { result: { url: string }[] };
      return result.map(({ url }) => url).filter((url) => url.startsWith('file:'));
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The service, and what only it needs. */
const SERVICE =
  /\/dist\/(service|dashboard|cli\/(watch|manual))|\/node_modules\/(yaml|croner|fastify|@fastify|avvio|ajv|prom-client|libsql|@libsql|@neon-rs|p-limit|uplot)\//;

describe('start-up', () => {
  it('of run loads nothing that only other commands need, and no logger', () => {
    const loaded = modulesLoadedBy('run', '--target', '127.0.0.1', '--format', 'json');
    expect(loaded.some((url) => url.includes('/dist/measure/'))).toBe(true);
    const others =
      /\/dist\/(lab|service|layers|cli\/(demo|inside|inspect|layers|watch|manual|completion)|config\/(layers|watch)|net\/(inspection\/(by|inspect|walk)|names|namespaces))|\/node_modules\/(pino|ping|raw-socket|yaml|croner|fastify|prom-client|libsql|p-limit)/;
    expect(loaded.filter((url) => others.test(url))).toEqual([]);
  });

  it.each([
    '--version',
    '--help',
    'run --help',
    'serve --help',
    'explain black-hole',
    'completion bash',
    // It starts every few seconds.
    'health --help',
  ])('of %s loads nothing of the service', (words) => {
    const loaded = modulesLoadedBy(...words.split(' '));
    expect(loaded.filter((url) => SERVICE.test(url))).toEqual([]);
  });

  it('of run loads the format that was asked for, and no other', () => {
    const loaded = modulesLoadedBy('run', '--target', '127.0.0.1', '--format', 'json');
    const formats = FORMATS.filter((format) => loaded.some((url) => url.endsWith(`/dist/report/${format}.js`)));
    expect(formats).toEqual(['json']);
    expect(loaded.filter((url) => url.includes('/node_modules/fast-xml-builder/'))).toEqual([]);
  });

  it('of --version loads no command at all', () => {
    const loaded = modulesLoadedBy('--version');
    expect(loaded.filter((url) => /\/dist\/(measure|net|search|lab)\//.test(url))).toEqual([]);
  });
});
