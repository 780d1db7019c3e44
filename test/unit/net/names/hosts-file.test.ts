import { describe, expect, it } from 'vitest';
import { addressesInHosts } from '../../../../src/net/names/hosts-file.ts';

const HOSTS = `
127.0.0.1\tlocalhost
::1     localhost ip6-localhost
fe80::1%eth0 router
# 192.0.2.9 commented
192.0.2.7   db.internal db   # the old one: other
192.0.2.8   DB.internal
2001:db8::7 db
300.1.1.1   wrong
nonsense
`;

describe('a file of hosts', () => {
  it.each([
    ['localhost', ['::1', '127.0.0.1']],
    ['db', ['2001:db8::7', '192.0.2.7']],
    ['DB.INTERNAL', ['192.0.2.7', '192.0.2.8']],
    ['router', ['fe80::1%eth0']],
    // As it was typed: a trailing dot is for DNS.
    ['db.', []],
    ['commented', []],
    ['other', []],
    ['wrong', []],
    ['nonsense', []],
    ['192.0.2.7', []],
  ])('%s', (name, addresses) => {
    expect(addressesInHosts(HOSTS, name)).toEqual(addresses);
  });

  it('of a megabyte takes no time, and gives no more than 64 addresses', () => {
    const lines = Array.from(
      { length: 40_000 },
      (_, number) => `10.${number >> 16}.${(number >> 8) & 255}.${number & 255} ads`,
    );
    const start = performance.now();
    expect(addressesInHosts(`${lines.join('\n')}\n${'x'.repeat(1_000_000)}`, 'ads')).toHaveLength(64);
    expect(addressesInHosts(lines.join('\n'), 'missing')).toEqual([]);
    expect(performance.now() - start).toBeLessThan(2000);
  });
});
