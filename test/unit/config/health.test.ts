import { describe, expect, it } from 'vitest';
import { parseHealthOptions } from '../../../src/config/health.ts';
import { UsageError } from '../../../src/errors.ts';

describe('where a service is asked', () => {
  it.each([
    [undefined, 'http://127.0.0.1:9482/'],
    ['', 'http://127.0.0.1:9482/'],
    ['127.0.0.1:8080', 'http://127.0.0.1:8080/'],
    ['192.0.2.1', 'http://192.0.2.1:9482/'],
    ['0.0.0.0:80', 'http://127.0.0.1/'],
    ['[::]:8080', 'http://[::1]:8080/'],
    ['::', 'http://[::1]:9482/'],
    ['[2001:db8::1]:8080', 'http://[2001:db8::1]:8080/'],
    ['2001:db8::1', 'http://[2001:db8::1]:9482/'],
  ])('MTU_PROBE_LISTEN=%s: %s', (listen, expected) => {
    expect(parseHealthOptions({}, { MTU_PROBE_LISTEN: listen }).url.href).toBe(expected);
  });

  it('is what was typed, whatever the environment says', () => {
    const environment = { MTU_PROBE_LISTEN: '192.0.2.1', MTU_PROBE_TOKEN_FILE: '/run/other' };
    const { url, tokenFile } = parseHealthOptions({ url: 'https://mtu.example', tokenFile: '/run/token' }, environment);
    expect([url.href, tokenFile]).toEqual(['https://mtu.example/', '/run/token']);
    expect(parseHealthOptions({}, environment).tokenFile).toBe('/run/other');
  });

  it.each(['a b', 'host:port', 'host:70000', '[::1', 'user@host'])('is not %s', (listen) => {
    expect(() => parseHealthOptions({}, { MTU_PROBE_LISTEN: listen })).toThrow(UsageError);
  });
});

describe('times', () => {
  it.each([
    ['500ms', 500],
    ['5', 5000],
    ['5s', 5000],
    ['1.5s', 1500],
    ['2m', 120_000],
    ['1h', 3_600_000],
  ])('%s is %d ms', (wait, expected) => {
    expect(parseHealthOptions({ wait }, {}).waitMs).toBe(expected);
  });

  it('are 5 s for each question, asked once', () => {
    expect(parseHealthOptions({}, {})).toMatchObject({ timeoutMs: 5000, waitMs: 0, tokenFile: null });
  });
});
