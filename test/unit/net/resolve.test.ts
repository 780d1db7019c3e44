import { describe, expect, it } from 'vitest';
import type { ResolveOptions } from '../../../src/config/options.ts';
import { NoRouteError, ResolveError, UsageError } from '../../../src/errors.ts';
import { resolveTarget } from '../../../src/net/resolve.ts';

const OPTIONS: ResolveOptions = {
  families: [4, 6],
  familyAsked: false,
  firstAddress: false,
  port: null,
  serverName: null,
  path: null,
  interface: null,
  source: null,
};

const LOOPBACK = [{ address: '127.0.0.1', family: 4 }];
const answers =
  (...addresses: string[]) =>
  async () =>
    addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));

describe('from a target to its paths', () => {
  it('finds the way out to an address of this host', async () => {
    const { paths, skipped } = await resolveTarget('127.0.0.1:8080', OPTIONS);
    expect(skipped).toEqual([]);
    expect(paths).toMatchObject([
      {
        address: '127.0.0.1',
        family: 4,
        ports: [8080],
        serverName: null,
        local: true,
        routeMtu: null,
        egress: { interface: 'lo', address: '127.0.0.1', mtu: 65536, cachedPathMtu: null },
      },
    ]);
  });

  it('knows localhost for this host', async () => {
    const { paths } = await resolveTarget('localhost', { ...OPTIONS, families: [4] });
    expect(paths).toMatchObject([{ address: '127.0.0.1', local: true, serverName: 'localhost' }]);
  });

  it('takes every address once, IPv4 in IPv6 clothes too', async () => {
    const { paths } = await resolveTarget(
      'twice.example',
      OPTIONS,
      answers('127.0.0.1', '127.0.0.1', '::ffff:127.0.0.1'),
    );
    expect(paths.map(({ address }) => address)).toEqual(['127.0.0.1']);
  });

  it('sends the name without its last dot, or the one asked for', async () => {
    const dotted = await resolveTarget('a.example.', OPTIONS, async () => LOOPBACK);
    expect(dotted.paths[0]?.serverName).toBe('a.example');
    const asked = await resolveTarget('127.0.0.1', { ...OPTIONS, serverName: 'b.example' });
    expect(asked.paths[0]?.serverName).toBe('b.example');
  });

  it('stops at the first address with a route when one is enough', async () => {
    const options = { ...OPTIONS, firstAddress: true };
    const { paths } = await resolveTarget('a.example', options, answers('127.0.0.1', '127.0.0.2'));
    expect(paths.map(({ address }) => address)).toEqual(['127.0.0.1']);
  });

  it('skips an address that cannot be reached from the source asked for', async () => {
    const options = { ...OPTIONS, source: '127.0.0.1' };
    const { paths, skipped } = await resolveTarget('a.example', options, answers('::1', '127.0.0.2'));
    expect(paths.map(({ address }) => address)).toEqual(['127.0.0.2']);
    expect(skipped).toEqual([
      { target: 'a.example', address: '::1', reason: '--source 127.0.0.1 is not an IPv6 address' },
    ]);
    const asked = { ...options, familyAsked: true };
    await expect(resolveTarget('a.example', asked, answers('::1', '127.0.0.2'))).rejects.toThrow(NoRouteError);
    await expect(resolveTarget('::1', options)).rejects.toThrow(NoRouteError);
  });

  it('says that a name has no address, or none of the family', async () => {
    const failing = async (): Promise<never> => {
      throw Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' });
    };
    await expect(resolveTarget('no.example', OPTIONS, failing)).rejects.toThrow(ResolveError);
    await expect(resolveTarget('no.example', OPTIONS, failing)).rejects.toThrow('ENOTFOUND');
    const only6 = { ...OPTIONS, families: [6] as const };
    await expect(resolveTarget('a.example', only6, async () => LOOPBACK)).rejects.toThrow('has no IPv6 address');
    await expect(resolveTarget('127.0.0.1', only6)).rejects.toThrow(UsageError);
  });

  it.each(['0.0.0.0', '224.0.0.1', '255.255.255.255', '::', 'ff02::1'])(
    'refuses %s, which is no host',
    async (address) => {
      await expect(resolveTarget(address, OPTIONS)).rejects.toThrow(UsageError);
    },
  );

  it('names the interface or source that cannot be used', async () => {
    const noInterface = resolveTarget('127.0.0.1', { ...OPTIONS, interface: 'nope0' });
    await expect(noInterface).rejects.toThrow(/--interface nope0 .*\blo\b/);
    const notOurs = resolveTarget('127.0.0.1', { ...OPTIONS, source: '192.0.2.1' });
    await expect(notOurs).rejects.toThrow('--source 192.0.2.1');
    await expect(resolveTarget('127.0.0.1', { ...OPTIONS, source: 'eth0' })).rejects.toThrow(UsageError);
  });
});
