/** What only both ends together know. */

import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/contract.ts';
import { COMMAND, lab } from './lab.ts';

const LIMIT_MS = 60_000;

async function run(scenario: string, ...options: readonly string[]): Promise<string> {
  const words = [process.execPath, COMMAND, 'run', '--target', 'mtu://server.lab.test', '-4', '--quiet', ...options];
  return (await lab('enter', scenario, '--', ...words)).output;
}

describe('with a responder', () => {
  it('an MSS that is rewritten is seen at both ends, and said', { timeout: LIMIT_MS }, async () => {
    const [path] = (JSON.parse(await run('clamped-responder', '--format', 'json')) as Report).paths;
    expect(path).toMatchObject({
      mss: { advertised: 1460, peer: 1360, clamped: true },
      farEnd: { mssArrived: 1360, mssSent: 1460 },
    });
    const text = (await run('clamped-responder')).replace(/\s+/g, ' ');
    expect(text).toContain('ours of 1460 arrived there as 1360, theirs of 1460 arrived here as 1360');
    expect(text).toContain('2 paths in all: TCP clamped; UDP (QUIC, DNS, VPNs) black-hole');
  });

  it('an MSS that nobody rewrites is not said to be', { timeout: LIMIT_MS }, async () => {
    const [path] = (JSON.parse(await run('clear-responder', '--format', 'json')) as Report).paths;
    expect(path).toMatchObject({ mss: { advertised: 1460, peer: 1460 }, farEnd: { mssArrived: 1460, mssSent: 1460 } });
    const transfers = path?.farEnd?.transfers.map(({ direction, durationMs }) => [direction, durationMs !== null]);
    expect(transfers).toEqual([
      ['reverse', true],
      ['forward', true],
    ]);
  });

  it('packets that came in pieces are seen in both directions', { timeout: LIMIT_MS }, async () => {
    const [, path] = (JSON.parse(await run('df-cleared-responder', '--format', 'json')) as Report).paths;
    const pieced = path?.evidence.filter(({ largestFragment = 1500 }) => largestFragment < 1500);
    expect(new Set(pieced?.map(({ direction }) => direction))).toEqual(new Set(['forward', 'reverse']));
  });

  it('one that is not there is named, for each transport', { timeout: LIMIT_MS }, async () => {
    const { paths } = JSON.parse(await run('clear', '--format', 'json')) as Report;
    expect(paths.map(({ findings }) => findings.map(({ code }) => code))).toEqual([['no-responder'], ['no-responder']]);
  });

  it('a download that hangs has no duration', { timeout: LIMIT_MS }, async () => {
    const [path] = (JSON.parse(await run('silent-reverse-responder', '--format', 'json')) as Report).paths;
    expect(path?.farEnd?.transfers).toContainEqual(expect.objectContaining({ direction: 'reverse', durationMs: null }));
  });
});
