import { describe, expect, it } from 'vitest';
import type { WatchedTarget } from '../../../../src/config/watch/options.ts';
import { complaint, loaded } from './outside.ts';

async function only(yaml: string): Promise<WatchedTarget> {
  const { options } = await loaded(yaml);
  const [target, ...others] = options.targets;
  if (target === undefined || others.length > 0) throw new Error('one target is expected');
  return target;
}

describe('a target', () => {
  it('has what all have, and its own instead', async () => {
    const all = 'interval: 10s\njitter: 2s\nexpectMtu: 1400\ngating: false\nipv4: true\ntimeout: 5s\nfailOn: reduced\n';
    expect(await only(`${all}targets: [a]`)).toMatchObject({
      schedule: { everyMs: 10_000 },
      jitterMs: 2000,
      timeoutMs: 5000,
      gating: false,
      run: {
        targets: ['a'],
        expectMtu: 1400,
        failOn: 'reduced',
        resolve: { families: [4] },
        measure: { timeoutMs: 5000 },
      },
    });
    const own = 'interval: 20s, jitter: 1s, expectMtu: 1450, gating: true, ipv4: false, timeout: 1.5, failOn: clear';
    expect(await only(`${all}targets: [{target: a, ${own}}]`)).toMatchObject({
      schedule: { everyMs: 20_000 },
      jitterMs: 1000,
      timeoutMs: 1500,
      gating: true,
      run: { expectMtu: 1450, failOn: 'clear', resolve: { families: [4, 6] }, measure: { timeoutMs: 1500 } },
    });
  });

  it('can be all that run can be asked for', async () => {
    const keys =
      'method: udp, direction: reverse, port: 99, minMtu: 1300, maxMtu: 9000, gentle: true, flushCache: true';
    const { run } = await only(
      `targets: [{target: "mtu://a", ${keys}, environment: dind, interface: eth0, source: 10.0.0.1}]`,
    );
    expect(run).toMatchObject({
      resolve: { port: 99, interface: 'eth0', source: '10.0.0.1' },
      measure: { method: 'udp', directions: ['reverse'], minMtu: 1300, maxMtu: 9000, gentle: true },
      flushCache: true,
      environment: 'dind',
    });
  });

  it('never waits for a recovery', async () => {
    expect((await only('targets: [a]')).run.measure.waitRecoveryMs).toBe(0);
    expect(await complaint('targets: [{target: a, waitRecovery: 5}]')).toMatch(
      /unknown key targets\[0\]\.waitRecovery/,
    );
  });

  it('can have labels', async () => {
    const { labels } = await only('targets: [{target: a, labels: {team: 7, _x: "yes", b9: "a b"}}]');
    expect(labels).toEqual({ team: '7', _x: 'yes', b9: 'a b' });
  });

  it.each([
    ['{address: x}', /labels\.address is a label that every metric has already/],
    ['{__x: y}', /labels\.__x is no name of a label/],
    ['{9x: y}', /labels\.9x is no name of a label/],
    ['{"a-b": y}', /is no name of a label/],
    ['{a: }', /labels\.a is empty/],
    ['{a: [b]}', /labels\.a is a list/],
    ['[a]', /labels is no mapping/],
    [`{a: ${'x'.repeat(257)}}`, /longer than 256 characters/],
    [`{${Array.from({ length: 11 }, (_, at) => `l${at}: x`).join(', ')}}`, /has 11 labels: 10 are taken at most/],
  ])('has no labels %s', async (labels, says) => {
    expect(await complaint(`targets: [{target: a, labels: ${labels}}]`)).toMatch(says);
  });
});

describe('when a target is due', () => {
  it.each([
    ['interval: 90', { kind: 'interval', everyMs: 90_000 }],
    ['interval: 1.5s', { kind: 'interval', everyMs: 1500 }],
    ['interval: 2h', { kind: 'interval', everyMs: 7_200_000 }],
    ['cron: "*/5 * * * *"', { kind: 'cron', expression: '*/5 * * * *', timeZone: null }],
    [
      'cron: "*/5  *  *  * *", timeZone: Europe/Berlin',
      { kind: 'cron', expression: '*/5 * * * *', timeZone: 'Europe/Berlin' },
    ],
    ['cron: "0 */5 * * * *"', { kind: 'cron', expression: '0 */5 * * * *', timeZone: null }],
  ])('%s', async (keys, expected) => {
    expect((await only(`targets: [{target: a, ${keys}}]`)).schedule).toEqual(expected);
  });

  it('is its own time, whichever kind that of all is', async () => {
    expect((await only('cron: "* * * * *"\ntargets: [{target: a, interval: 5s}]')).schedule.kind).toBe('interval');
    expect((await only('interval: 5s\ntargets: [{target: a, cron: "* * * * *"}]')).schedule.kind).toBe('cron');
    const zone = 'cron: "* * * * *"\ntimeZone: UTC\ntargets: [{target: a, timeZone: Asia/Tokyo}]';
    expect((await only(zone)).schedule).toMatchObject({ kind: 'cron', timeZone: 'Asia/Tokyo' });
  });

  it.each([
    ['interval: 5s, cron: "* * * * *"', /targets\[0\]\.cron excludes targets\[0\]\.interval/],
    ['timeZone: UTC', /timeZone speaks of cron, and there is none/],
    ['cron: "* * * * *", timeZone: Mars/Base', /timeZone Mars\/Base is no time zone/],
    ['cron: "0 0 30 2 *"', /cron 0 0 30 2 \* never comes/],
    ['cron: "61 * * * *"', /cron 61 \* \* \* \* cannot be used: .*write five fields/],
    ['cron: "* * *"', /cron \* \* \* cannot be used/],
    ['cron: "* * * * * * *"', /cannot be used/],
    ['cron: 2030-01-01T00:00:00', /cannot be used: write five fields/],
    ['cron: "@daily"', /cannot be used: write five fields/],
    ['interval: 5s, jitter: 5s', /jitter 5s reaches the next slot, which comes after 5s: give less/],
    ['cron: "* * * * *", jitter: 60s', /jitter 60s reaches the next slot, which comes after 60s: give less/],
    ['interval: 32d', /interval 32d cannot be used/],
    ['interval: -5s', /interval -5s cannot be used/],
  ])('is never %s', async (keys, says) => {
    expect(await complaint(`targets: [{target: a, ${keys}}]`)).toMatch(says);
  });

  it('is looked at for all, even where each target has its own', async () => {
    const targets = 'targets: [{target: a, interval: 5s}]';
    expect(await complaint(`cron: nonsense\n${targets}`)).toMatch(/^UsageError: mtu-probe\.yaml:1: cron nonsense/);
    expect(await complaint(`interval: x\n${targets}`)).toMatch(/^UsageError: mtu-probe\.yaml:1: interval x/);
  });
});
