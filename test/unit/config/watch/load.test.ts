import { describe, expect, it } from 'vitest';
import { parseRunOptions } from '../../../../src/config/parse.ts';
import { loadWatchOptions } from '../../../../src/config/watch/load.ts';
import { loaded, outside, refused } from './outside.ts';

describe('options of watch', () => {
  it('have defaults, but for what is watched', async () => {
    const { options, file, warnings } = await loadWatchOptions({ target: ['rubygems.org'] }, {}, outside());
    expect(options).toEqual({
      targets: [
        {
          target: 'rubygems.org',
          labels: {},
          schedule: { kind: 'interval', everyMs: 60_000 },
          jitterMs: 0,
          timeoutMs: 20_000,
          gating: true,
          run: parseRunOptions({ target: ['rubygems.org'] }).run,
        },
      ],
      concurrency: 4,
      listen: { address: '127.0.0.1', port: 9482 },
      tokenFile: null,
      allow: [],
      history: { path: null, keepSuccessesMs: 7 * 86_400_000, keepFailuresMs: 90 * 86_400_000, maxSize: 256e6 },
      responder: null,
      secretFile: null,
      peers: null,
      webhooks: [],
      logLevel: 'info',
    });
    expect({ file, warnings }).toEqual({ file: null, warnings: [] });
  });

  it('need no file', async () => {
    const typed = {
      target: ['rubygems.org', '10.0.0.5:443'],
      interval: '60s',
      listen: '127.0.0.1:9482',
      history: './mtu-probe.db',
    };
    const { options } = await loadWatchOptions(typed, {}, outside());
    expect(options.targets.map(({ target }) => target)).toEqual(['rubygems.org', '10.0.0.5:443']);
    expect(options.history.path).toBe('./mtu-probe.db');
  });

  it('have targets, or peers', async () => {
    const nothing = 'UsageError: nothing to watch: name a target, as in --target rubygems.org, or peers';
    expect(await refused(loadWatchOptions({}, {}, outside()))).toBe(nothing);
    expect(await refused(loaded('targets: []\n'))).toBe(nothing);
    expect((await loaded('peers: [a]')).options.targets).toEqual([]);
  });

  it('are what the command line says, else the environment, else the file', async () => {
    const files = outside({ 'mtu-probe.yaml': 'targets: [a]\nconcurrency: 1\nexpectMtu: 1400\nmethod: icmp\n' });
    const env = { MTU_PROBE_CONCURRENCY: '2', MTU_PROBE_EXPECT_MTU: '1410' };
    const { options } = await loadWatchOptions({ concurrency: '3' }, env, files);
    const [target] = options.targets;
    expect([options.concurrency, target?.run.expectMtu, target?.run.measure.method]).toEqual([3, 1410, 'icmp']);
  });

  it('have a list from one place, as a whole', async () => {
    const files = outside({ 'mtu-probe.yaml': 'targets: [a, b]\n' });
    const names = async (typed: object, env = {}): Promise<unknown> =>
      (await loadWatchOptions(typed, env, files)).options.targets.map(({ target }) => target);
    expect(await names({})).toEqual(['a', 'b']);
    expect(await names({}, { MTU_PROBE_TARGETS: 'c d' })).toEqual(['c', 'd']);
    expect(await names({ target: ['e'] }, { MTU_PROBE_TARGETS: 'c d' })).toEqual(['e']);
  });

  it('let a higher place choose between an interval and a cron expression', async () => {
    const files = outside({ 'mtu-probe.yaml': 'targets: [a]\ncron: "*/5 * * * *"\ntimeZone: UTC\n' });
    const schedule = async (typed: object): Promise<unknown> =>
      (await loadWatchOptions(typed, {}, files)).options.targets[0]?.schedule;
    expect(await schedule({})).toEqual({ kind: 'cron', expression: '*/5 * * * *', timeZone: 'UTC' });
    expect(await schedule({ interval: '5s' })).toEqual({ kind: 'interval', everyMs: 5000 });
  });

  it('take switches back', async () => {
    const files = outside({ 'mtu-probe.yaml': 'targets: [a]\ngentle: true\ngating: false\nresponder: true\n' });
    const { options } = await loadWatchOptions({ gentle: false, gating: true, responder: false }, {}, files);
    expect(options.targets[0]).toMatchObject({ gating: true, run: { measure: { gentle: false } } });
    expect(options.responder).toBeNull();
  });

  it.each([
    [{ responder: true }, 'mtu-probe.yaml'],
    [{ config: 'other.yaml' }, 'other.yaml'],
  ])('come from the file that is named, or the usual one: %o', async (typed, expected) => {
    const files = outside({ 'mtu-probe.yaml': 'targets: [a]', 'other.yaml': 'targets: [b]' });
    expect((await loadWatchOptions(typed, {}, files)).file).toBe(expected);
  });

  it('come from the file of the system where there is none here, and from the one that a variable names', async () => {
    const files = outside({ '/etc/mtu-probe/mtu-probe.yaml': 'targets: [a]', 'b.yaml': 'targets: [b]' });
    expect((await loadWatchOptions({}, {}, files)).file).toBe('/etc/mtu-probe/mtu-probe.yaml');
    expect((await loadWatchOptions({}, { MTU_PROBE_CONFIG: 'b.yaml' }, files)).file).toBe('b.yaml');
  });

  it('refuse an option that nobody knows', async () => {
    expect(await refused(loadWatchOptions({ nonsense: true }, {}, outside()))).toMatch(/unknown option nonsense/);
  });
});

describe('warnings', () => {
  it.each([
    ['targets: [a]\nlisten: 0.0.0.0:9482', [/everybody who reaches 0\.0\.0\.0 .* set tokenFile/]],
    ['targets: [a]\nlisten: "[::]:9482"\ntokenFile: t', []],
    ['targets: [a]\nlisten: "[::1]:9482"', []],
    ['peers: [a]', [/listens on 127\.0\.0\.1 alone/]],
    ['peers: [a]\nlisten: 10.0.0.1:1\ntokenFile: t\nresponder: false', [/peers cannot measure the way to this agent/]],
    ['targets: [a]\ntimeZone: UTC', [/timeZone goes with cron/]],
  ])('%j', async (yaml, expected) => {
    const { warnings } = await loaded(yaml);
    expect(warnings).toHaveLength(expected.length);
    for (const [index, each] of expected.entries()) expect(warnings[index]).toMatch(each);
  });
});
