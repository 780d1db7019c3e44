import { describe, expect, it } from 'vitest';
import { parseServeOptions } from '../../../src/config/serve.ts';
import { UsageError } from '../../../src/errors.ts';

describe('options of serve', () => {
  it('have defaults', () => {
    expect(parseServeOptions({})).toEqual({
      listen: null,
      maxRate: 10_000_000,
      maxClients: 256,
      secretFile: null,
      user: null,
      logLevel: 'info',
    });
  });

  it.each([
    ['192.0.2.1', { address: '192.0.2.1', port: 4821 }],
    ['192.0.2.1:53', { address: '192.0.2.1', port: 53 }],
    ['192.0.2.1:0', { address: '192.0.2.1', port: 0 }],
    ['2001:db8::1', { address: '2001:db8::1', port: 4821 }],
    ['[2001:db8::1]', { address: '2001:db8::1', port: 4821 }],
    ['[2001:db8::1]:53', { address: '2001:db8::1', port: 53 }],
    ['::', { address: '::', port: 4821 }],
    ['fe80::1%eth0', { address: 'fe80::1%eth0', port: 4821 }],
  ])('--listen %s', (typed, endpoint) => {
    expect(parseServeOptions({ listen: [typed] }).listen).toEqual([endpoint]);
  });

  it.each(['', '4821', 'example.org', '192.0.2.1:', '192.0.2.1:65536', '[192.0.2.1]:53', '2001:db8::1:70000x', ':53'])(
    'refuses --listen %j',
    (typed) => {
      expect(() => parseServeOptions({ listen: [typed] })).toThrow(UsageError);
    },
  );

  it.each(['nobody', '_chrony', '1000', '65534:65534'])('--user %s', (user) => {
    expect(parseServeOptions({ user }).user).toBe(user);
  });

  it.each([
    { user: '' },
    { user: 'a b' },
    { user: '1:' },
    { maxRate: '99999' },
    { maxRate: '1e9' },
    { maxClients: '0' },
    { logLevel: 'loud' },
    { secretFile: '' },
    { nonsense: true },
  ])('refuses %j', (values) => {
    expect(() => parseServeOptions(values)).toThrow(UsageError);
  });
});
