import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/contract.ts';
import { requireValid } from '../report-schema.ts';
import { COMMAND, type Ended, ended, mtuProbe } from './command.ts';

/** A link whose far end belongs to nobody, with a neighbour that does not exist: all packets go out, none comes back. */
const NOTHING_ANSWERS = [
  // It greets its neighbours.
  'echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6',
  'ip link add out type veth peer name nobody',
  'ip address add 192.0.2.1/24 dev out',
  'ip link set nobody up',
  'ip link set out up',
  'ip neighbour add 192.0.2.70 lladdr 02:00:00:00:00:46 dev out',
].join(' && ');
const UNANSWERED = ['run', '--target', '192.0.2.70', '--format', 'json', '--method', 'tcp'];

describe('run', () => {
  it('prints the report, and nothing else, on stdout', async () => {
    const { exitCode, stdout, stderr } = await mtuProbe('run', '--target', '127.0.0.1', '--format', 'json');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ schemaVersion: 1, verdict: 'clear', paths: [{ target: '127.0.0.1' }] });
  });

  it('has nothing to say on stderr about many targets', async () => {
    const targets = Array.from({ length: 24 }, (_, last) => ['--target', `127.0.0.${last + 1}`]).flat();
    const { exitCode, stdout, stderr } = await mtuProbe('run', ...targets, '--format', 'json');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const report = JSON.parse(stdout) as Report;
    requireValid(report);
    expect(report.paths).toHaveLength(24);
  });

  it('prints text where nothing else is asked for', async () => {
    const { exitCode, stdout } = await mtuProbe('run', '--target', '127.0.0.1');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^clear {2}127\.0\.0\.1\n/);
  });

  it('writes the report to a file instead', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'mtu-probe-'));
    try {
      const file = join(folder, 'report.json');
      const result = await mtuProbe('run', '--target', '127.0.0.1', '--format', 'json', '--output', file);
      expect(result).toEqual({ exitCode: 0, stdout: '', stderr: '' });
      expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ verdict: 'clear' });
      expect(readdirSync(folder)).toEqual(['report.json']);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('logs to stderr, one JSON object per line', async () => {
    const { stdout, stderr } = await mtuProbe('run', '--target', '127.0.0.1', '--log-level', 'debug');
    expect(stdout).toMatch(/^clear/);
    const lines = stderr
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { level: number });
    expect(lines.length).toBeGreaterThan(0);
  });

  it('reports a name without addresses as skipped, with 3', async () => {
    const { exitCode, stdout, stderr } = await mtuProbe('run', '--target', 'mtu-probe.invalid'); // RFC 6761 §6.4
    expect({ exitCode, stderr }).toEqual({ exitCode: 3, stderr: '' });
    expect(stdout).toMatch(
      /^inconclusive {2}nothing could be measured\n\nskipped mtu-probe\.invalid cannot be resolved here/,
    );
  });

  it('reports an address without a route as skipped, with 3', async () => {
    const { exitCode, stdout, stderr } = await inOwnNetwork('true', [
      'run',
      '--target',
      '192.0.2.70',
      '--format',
      'json',
    ]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 3, stderr: '' });
    const report: unknown = JSON.parse(stdout);
    requireValid(report);
    expect(report).toMatchObject({
      verdict: 'inconclusive',
      paths: [],
      skipped: [{ target: '192.0.2.70' }],
    });
  });

  it('ends with --timeout and keeps what it has', async () => {
    const { exitCode, stdout } = await inOwnNetwork(NOTHING_ANSWERS, [...UNANSWERED, '--timeout', '0.5']);
    expect(exitCode).toBe(3);
    expect(findingsOf(stdout)).toContain('timed-out');
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('prints what is proved when it is told to stop by %s', async (signal) => {
    const { exitCode, stdout } = await inOwnNetwork(`${NOTHING_ANSWERS} && echo ready >&2`, UNANSWERED, signal);
    expect(exitCode).toBe(3);
    expect(findingsOf(stdout)).toContain('timed-out');
  });

  it.each([
    ['a report', ['run', '--target', '127.0.0.1']],
    ['help', ['watch', '--help']],
  ])('takes a reader of %s that goes away for no error', async (_, words) => {
    const script = '"$@" | true; echo "$PIPESTATUS"';
    const { stdout, stderr } = await ended(['bash', '-c', script, 'sh', process.execPath, COMMAND, ...words]);
    expect({ stdout, stderr }).toEqual({ stdout: '0\n', stderr: '' });
  });

  it('says so when stdout takes nothing', async () => {
    const { exitCode, stderr } = await ended([
      'sh',
      '-c',
      '"$@" > /dev/full',
      'sh',
      process.execPath,
      COMMAND,
      'run',
      '--target',
      '127.0.0.1',
    ]);
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr: 'mtu-probe: stdout could not be written (ENOSPC): make room, or name a file with --output\n',
    });
  });
});

const POLL_MS = 10;

/** The first packet is on its way: before that a signal ends Node as it ends any program. */
async function untilItSends(pid: number): Promise<void> {
  const table = `/proc/${pid}/net/dev`;
  // Bytes, packets, errors and so on that came in are eight columns (net/core/net-procfs.c).
  const hasSent = (): boolean => /^\s*out:(?:\s+\d+){8}\s+[1-9]/m.test(readFileSync(table, 'utf8'));
  while (existsSync(table) && !hasSent()) await sleep(POLL_MS);
}

/** @param signal what the command is told once it is under way. */
function inOwnNetwork(prepare: string, args: readonly string[], signal?: NodeJS.Signals): Promise<Ended> {
  const words = ['unshare', '--user', '--map-root-user', '--net', 'sh', '-c', `${prepare} && exec "$@"`, 'sh'];
  return ended([...words, process.execPath, COMMAND, ...args], (child) => {
    if (signal === undefined) return;
    child.stderr?.once('data', () => untilItSends(child.pid as number).then(() => child.kill(signal)));
  });
}

function findingsOf(stdout: string): string[] {
  const report = JSON.parse(stdout) as Report;
  return report.paths.flatMap(({ findings }) => findings.map(({ code }) => code));
}
