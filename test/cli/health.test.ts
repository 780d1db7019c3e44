/** The command against a real server over a made-up service. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openHttp } from '../../src/service/http/open-http.ts';
import { CLEAR_PATH, HOLE_PATH, targetOf, UNJUDGED_PATH } from '../service/made-up-paths.ts';
import { MadeUpService } from '../service/made-up-service.ts';
import { COMMAND, type Ended, ended } from './command.ts';

const TOKEN = 'b3a1c0deb3a1c0deb3a1c0de';
const LOG = { debug: () => {}, info: () => {}, warn: () => {} };

async function served(view: MadeUpService, token: string | null = null): Promise<string> {
  const http = await openHttp(
    view,
    { listen: { address: '127.0.0.1', port: 0 }, token, log: LOG, prepare: () => undefined },
    [],
  );
  onTestFinished(() => http.close());
  return http.address;
}

function health(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const variables = Object.entries(environment).map(([name, value]) => `${name}=${value}`);
  return ended(['env', ...variables, process.execPath, COMMAND, 'health', ...args]);
}

function file(content: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'mtu-probe-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'token');
  writeFileSync(path, content);
  return path;
}

const WELL = new MadeUpService([targetOf('rubygems.org', [CLEAR_PATH])], [CLEAR_PATH]);

/** One path that is well, one that is not, one that nobody is held to. */
function broken(): MadeUpService {
  const paths = [CLEAR_PATH, HOLE_PATH];
  return new MadeUpService([targetOf('rubygems.org', paths), targetOf('registry.example', paths)], paths);
}

describe('health', () => {
  it('is 0 when every gating target is well, and says nothing', async () => {
    const address = await served(WELL);
    expect(await health(['--url', `http://${address}`])).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  });

  it('finds the service by the variables of the service', async () => {
    const address = await served(WELL, TOKEN);
    const [, port] = address.split(':');
    for (const listen of [address, `0.0.0.0:${port}`]) {
      const environment = { MTU_PROBE_LISTEN: listen, MTU_PROBE_TOKEN_FILE: file(TOKEN) };
      expect(await health([], environment)).toEqual({ exitCode: 0, stdout: '', stderr: '' });
    }
  });

  it('is 1 when one is not, with the reasons and the report of what is in the way', async () => {
    const address = await served(broken());
    const { exitCode, stdout, stderr } = await health(['--url', `http://${address}`]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toMatch(/^mtu-probe: not ready: registry\.example \(203\.0\.113\.7\): black-hole\n\nblack-hole {2}/);
    expect(stderr).toContain('reverse  you ◀──1450──✗──1500── registry.example\n');
    expect(stderr).toContain('"mtu": 1450');
    expect(stderr).not.toMatch(/^clear/m);
  });

  it('reads the report with the token, and says what is missing without', async () => {
    const address = await served(broken(), TOKEN);
    const without = await health(['--url', `http://${address}`]);
    expect(without.exitCode).toBe(1);
    expect(without.stderr).toMatch(
      /^mtu-probe: not ready: .*\n\nmtu-probe: what is in the way cannot be shown: it answers 401: name its --token-file\n$/,
    );
    const withToken = await health(['--url', `http://${address}`, '--token-file', file(`${TOKEN}\n`)]);
    expect(withToken.stderr).toContain('reverse  you ◀──1450──✗──1500──');
  });

  it('is 3 where nothing answers, or somebody else', async () => {
    const closed = createServer();
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
    const { port } = closed.address() as { port: number };
    await new Promise((resolve) => closed.close(resolve));
    const url = `http://127.0.0.1:${port}`;
    expect(await health(['--url', url])).toEqual({
      exitCode: 3,
      stdout: '',
      stderr: `mtu-probe: nothing answers at ${url} (ECONNREFUSED): is "mtu-probe watch" running there?\n`,
    });
    const other = createHttpServer((_, answer) => answer.end('<h1>hello</h1>'));
    await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve));
    onTestFinished(() => void other.close());
    expect(await health(['--url', url])).toEqual({
      exitCode: 3,
      stdout: '',
      stderr: `mtu-probe: ${url} answers 200, and not as "mtu-probe watch" does: check --url\n`,
    });
  });

  it('is 3 where the answer takes too long', async () => {
    const silent = createServer();
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void silent.close());
    const { port } = silent.address() as { port: number };
    const { exitCode, stderr } = await health(['--url', `http://127.0.0.1:${port}`, '--timeout', '200ms']);
    expect(exitCode).toBe(3);
    expect(stderr).toContain('(not within --timeout)');
  });

  it.each([
    {
      args: ['--url', 'here'],
      says: '--url here cannot be used: give where the service is, as in http://127.0.0.1:9482',
    },
    { args: ['--url', 'ftp://here'], says: '--url ftp://here cannot be used: give where' },
    { args: ['--url', 'http://here/readyz'], says: '--url http://here/readyz cannot be used: give where' },
    {
      args: ['--timeout', 'soon'],
      says: '--timeout soon cannot be used: give a duration from 100ms to 1d, as in 500ms, 5s',
    },
    { args: ['--timeout', '1ms'], says: '--timeout 1ms cannot be used: give a duration from 100ms to 1d' },
    { args: ['--wait', '48h'], says: '--wait 48h cannot be used: give a duration from 0s to 1d' },
    { args: ['--token-file', '/nonexistent'], says: '--token-file /nonexistent cannot be read (ENOENT): name a file' },
    { args: ['--xyzzy'], says: "unknown option '--xyzzy': see mtu-probe health --help" },
  ])('refuses $args', async ({ args, says }) => {
    const { exitCode, stdout, stderr } = await health(args);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr.startsWith(`mtu-probe: ${says}`), stderr).toBe(true);
    expect(stderr.split('\n')).toHaveLength(2);
  });

  it('refuses a token that no header carries', async () => {
    const { exitCode, stderr } = await health(['--token-file', file('a token of several words')]);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^mtu-probe: --token-file .* has spaces, or more than ASCII: give it one word, .*\n$/);
  });

  it('refuses a variable that names no place', async () => {
    const { exitCode, stderr } = await health([], { MTU_PROBE_LISTEN: 'a b' });
    expect(exitCode).toBe(2);
    // As of the service itself.
    expect(stderr).toBe(
      'mtu-probe: MTU_PROBE_LISTEN a b cannot be used: give an address of this host, as in 192.0.2.1, 192.0.2.1:9482, ' +
        '2001:db8::1 or [2001:db8::1]:9482\n',
    );
  });
});

describe('health --wait', () => {
  const pending = (): MadeUpService => {
    const paths = [UNJUDGED_PATH];
    return new MadeUpService([targetOf('new.example', paths)], paths);
  };

  it('asks on while something is still being measured', async () => {
    const view = pending();
    const address = await served(view);
    const running = health(['--url', `http://${address}`, '--wait', '30s']);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    view.setReadiness({ ready: true, reasons: [], pending: false });
    expect(await running).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  });

  it('ends at once when it is certain', async () => {
    const address = await served(broken());
    const start = performance.now();
    const { exitCode } = await health(['--url', `http://${address}`, '--wait', '1h']);
    expect(exitCode).toBe(1);
    expect(performance.now() - start).toBeLessThan(10_000);
  });

  it('ends when its time is over, and says what was missing', async () => {
    const address = await served(pending());
    const { exitCode, stderr } = await health(['--url', `http://${address}`, '--wait', '1200ms']);
    expect(exitCode).toBe(1);
    expect(stderr).toBe('mtu-probe: not ready: new.example: not measured yet\n');
  });

  it('waits for a service that has not started yet', async () => {
    const free = createServer();
    await new Promise<void>((resolve) => free.listen(0, '127.0.0.1', resolve));
    const { port } = free.address() as { port: number };
    await new Promise((resolve) => free.close(resolve));
    const running = health(['--url', `http://127.0.0.1:${port}`, '--wait', '30s']);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const http = await openHttp(
      WELL,
      { listen: { address: '127.0.0.1', port }, token: null, log: LOG, prepare: () => undefined },
      [],
    );
    onTestFinished(() => http.close());
    expect((await running).exitCode).toBe(0);
  });
});
