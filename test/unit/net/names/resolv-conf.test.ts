import { describe, expect, it } from 'vitest';
import { namesToAsk, readResolverSettings } from '../../../../src/net/names/resolv-conf.ts';

const CLUSTER = `search ci.svc.cluster.local svc.cluster.local cluster.local
nameserver 10.96.0.10
options ndots:5
`;

describe('settings of a resolver', () => {
  it('of a pod', () => {
    expect(readResolverSettings(CLUSTER, 'pod')).toEqual({
      servers: ['10.96.0.10'],
      search: ['ci.svc.cluster.local', 'svc.cluster.local', 'cluster.local'],
      ndots: 5,
      timeoutMs: 5000,
      attempts: 2,
      rotate: false,
    });
  });

  it('where there is no file: this machine, and the domain of the host', () => {
    expect(readResolverSettings('', 'build.example.org\n')).toEqual({
      servers: ['127.0.0.1'],
      search: ['example.org'],
      ndots: 1,
      timeoutMs: 5000,
      attempts: 2,
      rotate: false,
    });
  });

  it('reads what stands in it, and leaves out what cannot be used', () => {
    const text = `; of a container
# nameserver 192.0.2.1
 nameserver 192.0.2.2
nameserver example.org
nameserver 127.0.0.11 # of the engine
nameserver\tfe80::1%eth0
nameserver 2001:db8::53
nameserver 192.0.2.4
domain first.example
search second.example third.example
domain last.example
options timeout:1 rotate ndots:2
options attempts:9 ndots:99 edns0`;
    expect(readResolverSettings(text, 'pod')).toEqual({
      servers: ['127.0.0.11', 'fe80::1%eth0', '2001:db8::53'],
      search: ['last.example'],
      ndots: 15,
      timeoutMs: 1000,
      attempts: 5,
      rotate: true,
    });
  });

  it('asks three servers of ten thousand, below 32 domains of as many', () => {
    const servers = Array.from({ length: 10_000 }, (_, number) => `nameserver 10.0.${number >> 8}.${number & 255}`);
    const domains = Array.from({ length: 10_000 }, (_, number) => `d${number}.example`);
    const settings = readResolverSettings(`${servers.join('\n')}\nsearch ${domains.join(' ')}`, '');
    expect(settings.servers).toEqual(['10.0.0.0', '10.0.0.1', '10.0.0.2']);
    expect(settings.search).toHaveLength(32);
  });
});

describe('the names to ask for', () => {
  const settings = readResolverSettings(CLUSTER, '');
  it.each([
    ['db', 1, ['db.ci.svc.cluster.local', 'db.svc.cluster.local', 'db.cluster.local', 'db']],
    [
      'rubygems.org',
      5,
      [
        'rubygems.org.ci.svc.cluster.local',
        'rubygems.org.svc.cluster.local',
        'rubygems.org.cluster.local',
        'rubygems.org',
      ],
    ],
    [
      'rubygems.org',
      1,
      [
        'rubygems.org',
        'rubygems.org.ci.svc.cluster.local',
        'rubygems.org.svc.cluster.local',
        'rubygems.org.cluster.local',
      ],
    ],
    ['rubygems.org.', 5, ['rubygems.org']],
    ['db', 0, ['db', 'db.ci.svc.cluster.local', 'db.svc.cluster.local', 'db.cluster.local']],
  ])('%s, with %d dots', (name, ndots, expected) => {
    expect(namesToAsk(name, { ...settings, ndots })).toEqual(expected);
  });

  it('of a search for the root are the name itself', () => {
    expect(namesToAsk('db', { ...settings, search: ['.'] })).toEqual(['db']);
  });
});
