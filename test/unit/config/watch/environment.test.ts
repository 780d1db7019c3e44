import { describe, expect, it } from 'vitest';
import { loadWatchOptions } from '../../../../src/config/watch/load.ts';
import { outside, refused } from './outside.ts';

const NAMED = { MTU_PROBE_TARGETS: 'a' };

async function names(MTU_PROBE_TARGETS: string): Promise<readonly string[]> {
  return (await loadWatchOptions({}, { MTU_PROBE_TARGETS }, outside())).options.targets.map(({ target }) => target);
}

describe('the environment', () => {
  it.each([
    ['a', ['a']],
    ['a b:443', ['a', 'b:443']],
    [' a,b,\n c ,', ['a', 'b', 'c']],
    ['[a, "b:443"]', ['a', 'b:443']],
    ['[{target: a, gating: false}, b]', ['a', 'b']],
    ['{target: a}', ['a']],
    ['[2001:db8::1]:443 b', ['[2001:db8::1]:443', 'b']],
    ['[::1]', ['[::1]']],
  ])('MTU_PROBE_TARGETS=%s', async (value, expected) => {
    expect(await names(value)).toEqual(expected);
  });

  it.each([
    [
      { MTU_PROBE_INTERVALL: '5s' },
      'MTU_PROBE_INTERVALL is no variable of this program (did you mean MTU_PROBE_INTERVAL?): unset it',
    ],
    [{ MTU_PROBE_XYZZY: '' }, 'MTU_PROBE_XYZZY is no variable of this program: unset it'],
    [{ MTU_PROBE_EXPECT_MTU: '12' }, 'MTU_PROBE_EXPECT_MTU 12 cannot be used: give a whole number from 68 to 65535'],
    [{ MTU_PROBE_GATING: '1' }, 'MTU_PROBE_GATING 1 cannot be used: write true or false'],
    [
      { MTU_PROBE_TARGETS: '[{target: a, port: x}]' },
      '[0].port of MTU_PROBE_TARGETS x cannot be used: give a whole number from 1 to 65535',
    ],
    [
      { MTU_PROBE_HISTORY_KEEP_FAILURES: 'x' },
      'MTU_PROBE_HISTORY_KEEP_FAILURES x cannot be used: give a duration from 1h to 3650d, as in 500ms, 5s, 1m, 2h, 7d',
    ],
    [
      { MTU_PROBE_MIN_MTU: '1500', MTU_PROBE_MAX_MTU: '1400' },
      'MTU_PROBE_MIN_MTU 1500 is above MTU_PROBE_MAX_MTU 1400: swap them, or leave one out',
    ],
    [
      { MTU_PROBE_INTERVAL: '5s', MTU_PROBE_CRON: '* * * * *' },
      'MTU_PROBE_CRON excludes MTU_PROBE_INTERVAL: leave one of them out',
    ],
  ])('refuses %o', async (env, says) => {
    expect(await refused(loadWatchOptions({}, { ...NAMED, ...env }, outside()))).toBe(`UsageError: ${says}`);
  });

  it('has variables of other commands, of Kubernetes, and empty ones', async () => {
    const others = {
      MTU_PROBE_RESULT: 'failed',
      MTU_PROBE_VERDICT: 'black-hole',
      MTU_PROBE_MTU: '1450',
      MTU_PROBE_SERVICE_HOST: '10.96.0.1',
      MTU_PROBE_SERVICE_PORT: '9482',
      MTU_PROBE_SERVICE_PORT_HTTP: '9482',
      MTU_PROBE_PORT: 'tcp://10.96.0.1:9482',
      MTU_PROBE_PORT_9482_TCP: 'tcp://10.96.0.1:9482',
      MTU_PROBE_PORT_9482_TCP_PROTO: 'tcp',
      MTU_PROBE_PORT_9482_TCP_PORT: '9482',
      MTU_PROBE_PORT_9482_TCP_ADDR: '10.96.0.1',
      MTU_PROBE_PORT_4821_UDP: 'udp://10.96.0.1:4821',
      MTU_PROBE_INTERVAL: ' ',
      MTU_PROBELESS: 'x',
    };
    const { options } = await loadWatchOptions({}, { ...NAMED, ...others }, outside());
    expect(options).toEqual((await loadWatchOptions({}, NAMED, outside())).options);
  });

  it('mixes with the command line in what is said', async () => {
    const env = { ...NAMED, MTU_PROBE_MAX_MTU: '1400' };
    expect(await refused(loadWatchOptions({ minMtu: '1500' }, env, outside()))).toBe(
      'UsageError: --min-mtu 1500 is above MTU_PROBE_MAX_MTU 1400: swap them, or leave one out',
    );
  });
});

describe('the command line', () => {
  it('takes a mapping for a target', async () => {
    const typed = { target: ['a', '{target: 10.0.0.5:443, labels: {team: ci}, interval: 5m}'] };
    const [, target] = (await loadWatchOptions(typed, {}, outside())).options.targets;
    expect(target).toMatchObject({
      target: '10.0.0.5:443',
      labels: { team: 'ci' },
      schedule: { kind: 'interval', everyMs: 300_000 },
    });
  });

  it.each([
    [{ target: ['a', 'a'] }, '--target a is there twice: leave one out'],
    [
      { target: ['{target: a, minMtu: 3}'] },
      'minMtu of --target 3 cannot be used: give a whole number from 68 to 65535',
    ],
    [{ target: ['{target: a, x: 3}'] }, /unknown key x: see/],
    [{ target: ['{target: a'] }, /this is no YAML/],
    [{ target: ['a'], interval: 'x' }, /^UsageError: --interval x cannot be used: give a duration/],
    [{ target: ['a'], tokenFile: '' }, '--token-file is empty: give it a value, or leave it out'],
    [{ peer: ['a'], peersDns: 'b' }, '--peers-dns excludes --peer: leave one of them out'],
  ])('refuses %o', async (typed, says) => {
    const message = await refused(loadWatchOptions(typed, {}, outside()));
    if (typeof says === 'string') expect(message).toBe(`UsageError: ${says}`);
    else expect(message).toMatch(says);
  });
});
