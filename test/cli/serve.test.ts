/** The responder as a command: how it starts, what it refuses, how it ends. */

import type { ChildProcess } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decodeAnswer } from '../../src/wire/responder-answer.ts';
import { NO_COOKIE } from '../../src/wire/responder-header.ts';
import { encodeRequest } from '../../src/wire/responder-request.ts';
import { COMMAND, type Ended, ended, mtuProbe } from './command.ts';

const SERVE = [process.execPath, COMMAND, 'serve'];

/** Runs it until `then` has resolved, and tells it to end. */
function served(
  options: readonly string[],
  then: (port: number, child: ChildProcess) => Promise<void>,
  signal: NodeJS.Signals = 'SIGTERM',
): Promise<Ended & { readonly tookMs: number }> {
  let told = 0;
  const running = ended([...SERVE, ...options], (child) => {
    let log = '';
    child.stderr?.on('data', (text: string) => {
      const isFirst = !log.includes('\n');
      log += text;
      if (!isFirst || !log.includes('\n')) return;
      const { listen } = JSON.parse(log.split('\n')[0] ?? '') as { listen: string[] };
      const port = Number(listen[0]?.split(':').at(-1));
      void then(port, child).finally(() => {
        told = performance.now();
        child.kill(signal);
      });
    });
  });
  return running.then((result) => ({ ...result, tookMs: performance.now() - told }));
}

function lines(stderr: string): Record<string, unknown>[] {
  return stderr
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

function greeting(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = createSocket('udp4').on('error', reject);
    socket.on('message', (bytes) => {
      socket.close();
      resolve(decodeAnswer(bytes).message.kind);
    });
    const hello = encodeRequest({ session: new Uint8Array(8), cookie: NO_COOKIE }, { kind: 'hello' }, 0, null);
    socket.send(hello, port, '127.0.0.1');
  });
}

const LOCAL = ['--listen', '127.0.0.1:0'];

describe('serve', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('answers until %s, and ends at once with its counts', async (signal) => {
    const { exitCode, stdout, stderr, tookMs } = await served(
      LOCAL,
      async (port) => {
        expect(await greeting(port)).toBe('welcome');
      },
      signal,
    );
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: '' });
    expect(tookMs).toBeLessThan(1000);
    const [first, last] = lines(stderr);
    expect(first?.msg).toMatch(/^listens on 127\.0\.0\.1:\d+, UDP and TCP$/);
    expect(last).toMatchObject({ msg: 'ended', datagrams: 1, welcomed: 1 });
  });

  it('ends at once with connections open', async () => {
    const { exitCode, tookMs } = await served(
      LOCAL,
      (port) => new Promise((resolve) => connect(port, '127.0.0.1', resolve).on('error', () => {})),
    );
    expect(exitCode).toBe(0);
    expect(tookMs).toBeLessThan(1000);
  });

  it('costs nothing while nobody asks', async () => {
    const cpu = ({ pid }: ChildProcess): number => {
      const fields = readFileSync(`/proc/${pid}/stat`, 'latin1')
        .replace(/^.*\) /, '')
        .split(' ');
      return Number(fields[11]) + Number(fields[12]);
    };
    let ticks = 0;
    await served(LOCAL, async (_, child) => {
      await new Promise((resolve) => setTimeout(resolve, 1000));
      const before = cpu(child);
      await new Promise((resolve) => setTimeout(resolve, 3000));
      ticks = cpu(child) - before;
    });
    // A tick is 10 ms (USER_HZ): less than 2 % of a core.
    expect(ticks).toBeLessThan(6);
  });

  it('says who listens there already', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const { port } = taken.address() as { port: number };
    try {
      const says = `cannot listen on 127.0.0.1:${port} (EADDRINUSE): another program listens there; choose another port`;
      expect(await mtuProbe('serve', '--listen', `127.0.0.1:${port}`)).toEqual({
        exitCode: 2,
        stdout: '',
        stderr: `mtu-probe: ${says}\n`,
      });
    } finally {
      taken.close();
    }
  });

  it('wants a secret that is one', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'mtu-probe-'));
    try {
      const file = join(folder, 'secret');
      writeFileSync(file, 'too short\n');
      const { exitCode, stderr } = await mtuProbe('serve', '--secret-file', file);
      expect(exitCode).toBe(2);
      expect(stderr).toMatch(/^mtu-probe: --secret-file .* has 9 bytes: give it 16 to 4096, .*\n$/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it.each([
    {
      args: ['--listen', '4821'],
      says: '--listen 4821 cannot be used: give an address of this host, as in 192.0.2.1,',
    },
    { args: ['--listen', '192.0.2.1'], says: 'cannot listen on 192.0.2.1:4821 (EADDRNOTAVAIL): it is no address' },
    { args: ['--max-rate', '5'], says: '--max-rate 5 cannot be used: give a whole number from 100000 to 1250000000' },
    {
      args: ['--secret-file', '/nonexistent'],
      says: '--secret-file /nonexistent cannot be read (ENOENT): name a file',
    },
    { args: ['--xyzzy'], says: "unknown option '--xyzzy': see mtu-probe serve --help" },
    {
      args: ['here'],
      says: "too many arguments for 'serve'. Expected 0 arguments but got 1. See mtu-probe serve --help.",
    },
  ])('refuses $args', async ({ args, says }) => {
    const { exitCode, stdout, stderr } = await mtuProbe('serve', ...args);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr.startsWith(`mtu-probe: ${says}`), stderr).toBe(true);
    expect(stderr.split('\n')).toHaveLength(2);
  });
});
