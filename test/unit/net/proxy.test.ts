import { describe, expect, it } from 'vitest';
import { type Environment, proxyFor } from '../../../src/net/proxy.ts';

const SITE = { scheme: 'https', host: 'index.rubygems.org', port: 443 } as const;
const PROXY = 'http://user:secret@proxy.local:3128';
const FOUND = { host: 'proxy.local', port: 3128 };

describe('a proxy', () => {
  it.each<[Environment, unknown]>([
    [{}, null],
    [{ https_proxy: PROXY }, FOUND],
    [{ HTTPS_PROXY: PROXY }, FOUND],
    [{ https_proxy: '', all_proxy: PROXY }, FOUND],
    [{ http_proxy: PROXY }, null],
    [{ https_proxy: 'proxy.local' }, { host: 'proxy.local', port: 80 }],
    [{ https_proxy: 'socks5://[2001:db8::1]' }, { host: '2001:db8::1', port: 1080 }],
    [{ https_proxy: 'http://:x:y' }, null],
  ])('is what %j says', (environment, proxy) => {
    expect(proxyFor(SITE, environment)).toEqual(proxy);
  });

  it('is not what HTTP_PROXY in capitals says', () => {
    const plain = { ...SITE, scheme: 'http', port: 80 } as const;
    expect(proxyFor(plain, { HTTP_PROXY: PROXY })).toBeNull();
    expect(proxyFor(plain, { http_proxy: PROXY })).toEqual(FOUND);
  });

  it.each([
    ['*', true],
    ['rubygems.org', true],
    ['.rubygems.org', true],
    ['*.rubygems.org', true],
    ['gems.org', false],
    ['example.org, INDEX.rubygems.org', true],
    ['rubygems.org:443', true],
    ['rubygems.org:8443', false],
    ['10.0.0.0/8', false],
  ])('is left out by no_proxy=%s: %s', (list, exempt) => {
    expect(proxyFor(SITE, { https_proxy: PROXY, no_proxy: list }) === null).toBe(exempt);
  });

  it.each([
    ['10.1.2.3', '10.0.0.0/8', true],
    ['10.1.2.3', '10.1.2.3', true],
    ['10.1.2.3', '11.0.0.0/8', false],
    ['2001:db8::1', '2001:db8::/32', true],
    ['2001:db8::1', '[2001:db8:0::1]:443', true],
    ['10.1.2.3', '.3', false],
  ])('is left out for %s by %s: %s', (host, list, exempt) => {
    expect(proxyFor({ ...SITE, host }, { https_proxy: PROXY, NO_PROXY: list }) === null).toBe(exempt);
  });
});
