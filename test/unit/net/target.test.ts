import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../../src/errors.ts';
import { parseTarget } from '../../../src/net/target.ts';

const none = { port: null, path: null };

describe('what the user wrote as a target', () => {
  it.each([
    ['example.org', 'example.org', 'any', [443, 80], '/', 'https://example.org/'],
    ['Example.ORG:8443', 'example.org', 'any', [8443], '/', 'https://example.org:8443/'],
    ['example.org:80', 'example.org', 'any', [80], '/', 'http://example.org/'],
    ['https://example.org', 'example.org', 'https', [443], '/', 'https://example.org/'],
    ['http://example.org:8080/a/b?c=d#e', 'example.org', 'http', [8080], '/a/b?c=d', 'http://example.org:8080/a/b?c=d'],
    ['192.0.2.1', '192.0.2.1', 'any', [443, 80], '/', 'https://192.0.2.1/'],
    ['2001:DB8:0::1', '2001:db8::1', 'any', [443, 80], '/', 'https://[2001:db8::1]/'],
    ['[2001:db8::1]:8443', '2001:db8::1', 'any', [8443], '/', 'https://[2001:db8::1]:8443/'],
    ['http://[2001:db8::1]/', '2001:db8::1', 'http', [80], '/', 'http://[2001:db8::1]/'],
    ['münchen.example', 'xn--mnchen-3ya.example', 'any', [443, 80], '/', 'https://xn--mnchen-3ya.example/'],
  ])('%s', (text, host, scheme, ports, path, url) => {
    expect(parseTarget(text, none)).toMatchObject({ target: text, host, scheme, ports, path, url });
  });

  it('gives way to --port and --path', () => {
    expect(parseTarget('http://example.org/a', { port: 8080, path: '/big' })).toMatchObject({
      ports: [8080],
      url: 'http://example.org:8080/big',
    });
    expect(parseTarget('example.org:1', { port: 2, path: null }).ports).toEqual([2]);
  });

  it.each([
    ['', 'neither a name nor an address'],
    ['example.org/path', 'https://example.org/path'],
    ['ftp://example.org', 'only https, http and mtu'],
    ['https://', 'not a URL'],
    ['https://user:secret@example.org', 'password'],
    ['example.org:0', 'ports go from 1 to 65535'],
    ['example.org:70000', 'ports go from 1 to 65535'],
    ['[example.org]:80', 'brackets'],
    ['exa mple.org', 'neither a name nor an address'],
    ['a:b:c', '[IPv6]:port'],
  ])('refuses %j in one line that says why', (text, words) => {
    expect(() => parseTarget(text, none)).toThrow(UsageError);
    expect(() => parseTarget(text, none)).toThrow(words);
  });

  it('refuses a path that no request line can hold', () => {
    expect(() => parseTarget('h', { port: null, path: '/a b' })).toThrow(UsageError);
    expect(() => parseTarget('h', { port: null, path: '/\r\nHost: x' })).toThrow(UsageError);
  });

  it('throws nothing but usage errors, whatever it is given', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.webUrl(),
      fc.ipV6(),
      fc.string().map((text) => `https://${text}`),
    );
    fc.assert(
      fc.property(texts, (text) => {
        try {
          expect(URL.canParse(parseTarget(text, none).url)).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(UsageError);
        }
      }),
    );
  });
});
