import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { duration, formatDuration, formatSize, size } from '../../../../src/config/quantities.ts';
import { didYouMean, nearest } from '../../../../src/config/suggest.ts';
import { attributeOf, either, many, one } from '../../../../src/config/watch/setting.ts';
import { SETTING_KEYS, SETTINGS } from '../../../../src/config/watch/settings.ts';

describe('a setting', () => {
  it('is called after its key', () => {
    expect(one('history.keepFailures', 'duration', null, '')).toMatchObject({
      flag: '--history-keep-failures',
      variable: 'MTU_PROBE_HISTORY_KEEP_FAILURES',
    });
    expect(either('ipv4', 'false', '')).toMatchObject({ flag: '--ipv4', variable: 'MTU_PROBE_IPV4' });
    expect(many('target', 'targets', 'host', '')).toMatchObject({ flag: '--target', variable: 'MTU_PROBE_TARGETS' });
    expect(attributeOf(one('peers.httpPort', 'port', null, ''))).toBe('peersHttpPort');
  });

  it('has flag and variable for itself', () => {
    const settings = SETTING_KEYS.map((key) => SETTINGS[key]);
    expect(new Set(settings.map(({ flag }) => flag)).size).toBe(settings.length);
    expect(new Set(settings.map(({ variable }) => variable)).size).toBe(settings.length);
  });
});

describe('what was meant', () => {
  it.each([
    ['intervall', 'interval'],
    ['intreval', 'interval'],
    ['expect_mtu', 'expectMtu'],
    ['JITTER', 'jitter'],
    ['keepFailures', 'history.keepFailures'],
    ['xyzzy', null],
    ['__proto__', null],
    ['', null],
  ])('by %j is %j', (word, expected) => {
    expect(nearest(word, SETTING_KEYS)).toBe(expected);
  });

  it('is asked, or nothing is said', () => {
    expect(didYouMean('lisen', SETTING_KEYS)).toBe(' (did you mean listen?)');
    expect(didYouMean('xyzzy', SETTING_KEYS)).toBe('');
  });
});

describe('durations and sizes', () => {
  it.each([
    ['500ms', 500],
    ['5', 5000],
    ['1.5s', 1500],
    ['1m', 60_000],
    ['2h', 7_200_000],
    ['7d', 604_800_000],
  ])('%s is %d ms', (text, ms) => {
    expect(v.parse(duration('x', '0s', '31d'), text)).toBe(ms);
  });

  it.each([
    ['1', 1],
    ['256MB', 256e6],
    ['1GiB', 2 ** 30],
    ['1.5kB', 1500],
    ['2 KiB', 2048],
  ])('%s is %d bytes', (text, bytes) => {
    expect(v.parse(size('x', '0B', '1000GB'), text)).toBe(bytes);
  });

  it.each(['', 's', '5 s', '-5s', '1e3', '0x5', '5S', '1h30m', 'NaN', '32d', '99999999999'])(
    '%j is no duration',
    (text) => {
      expect(v.safeParse(duration('x', '0s', '31d'), text).success).toBe(false);
    },
  );

  it.each(['', 'MB', '-5MB', '5mb', '5iB', '5TB', '1e9', '2000GB'])('%j is no size', (text) => {
    expect(v.safeParse(size('x', '0B', '1000GB'), text).success).toBe(false);
  });

  it('are read as they are written', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 31 * 86_400_000 }), (ms) => {
        expect(v.parse(duration('x', '0s', '31d'), formatDuration(ms))).toBe(ms);
      }),
    );
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e12 }), (bytes) => {
        expect(v.parse(size('x', '0B', '1000GB'), formatSize(bytes))).toBe(bytes);
      }),
    );
    expect([60_000, 90_000, 300_000, 604_800_000, 0, 1500].map(formatDuration)).toEqual([
      '60s',
      '90s',
      '5m',
      '7d',
      '0s',
      '1500ms',
    ]);
    expect([256e6, 2 ** 30, 1000, 1500].map(formatSize)).toEqual(['256MB', '1GiB', '1kB', '1500B']);
  });
});
