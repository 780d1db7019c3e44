import { describe, expect, it } from 'vitest';
import { readSurroundings } from '../../../src/net/surroundings.ts';
import { fakeRoot } from './fake-root.ts';

const NET = '/sys/class/net';

/** What /sys says of one interface. */
function device(name: string, entries: Readonly<Record<string, string>>): Record<string, string> {
  const all = {
    mtu: '1500',
    type: '1',
    ifindex: '3',
    iflink: '3',
    uevent: `INTERFACE=${name}\nIFINDEX=3\n`,
    ...entries,
  };
  return Object.fromEntries(Object.entries(all).map(([file, text]) => [`${NET}/${name}/${file}`, text]));
}

function interfacesIn(files: Readonly<Record<string, string>>) {
  return readSurroundings(fakeRoot(files), {}).interfaces;
}

function ownTable(...names: readonly string[]): Record<string, string> {
  const heading = 'Inter-|   Receive\n face |bytes    packets\n';
  return { '/proc/self/net/dev': `${heading}${names.map((name) => `${name.padStart(6)}: 10 1 0\n`).join('')}` };
}

describe('interfaces', () => {
  it.each([
    ['lo', { type: '772', mtu: '65536' }, { mtu: 65536, kind: 'loopback' }],
    ['eth0', { iflink: '59', mtu: '1450\n' }, { mtu: 1450, kind: 'veth' }],
    ['ens18', {}, { mtu: 1500, kind: 'other' }],
    ['docker0', { uevent: 'DEVTYPE=bridge\nINTERFACE=docker0\n' }, { mtu: 1500, kind: 'bridge' }],
    ['cni0', { 'bridge/': '' }, { mtu: 1500, kind: 'bridge' }],
    ['flannel.1', { uevent: 'DEVTYPE=vxlan\n', iflink: '2' }, { mtu: 1500, kind: 'vxlan' }],
    ['wg0', { uevent: 'DEVTYPE=wireguard\n', type: '65534', mtu: '1420' }, { mtu: 1420, kind: 'wireguard' }],
    ['tailscale0', { tun_flags: '0x1001', type: '65534', mtu: '1280' }, { mtu: 1280, kind: 'tun' }],
    ['eth0.5', { uevent: 'DEVTYPE=vlan\n', iflink: '2' }, { mtu: 1500, kind: 'vlan' }],
    ['tunl0', { type: '768', iflink: '0', mtu: '1480' }, { mtu: 1480, kind: 'other' }],
  ])('%s, of which /sys says %j, is %j', (name, entries, expected) => {
    expect(interfacesIn(device(name, entries))).toEqual([{ name, ...expected }]);
  });

  it('leave out what is none', () => {
    expect(interfacesIn({ ...device('eth0', {}), [`${NET}/bonding_masters`]: '' })).toHaveLength(1);
    expect(interfacesIn(device('eth0', { mtu: 'large' }))).toEqual([]);
  });

  it('are those of the network namespace that this process is in', () => {
    const mounted = { ...device('lo', { type: '772' }), ...device('ens18', {}) };
    expect(interfacesIn({ ...mounted, ...ownTable('lo', 'ens18') })).toHaveLength(2);
    expect(interfacesIn({ ...mounted, ...ownTable('lo', 'eth0') })).toEqual([]);
  });
});

describe('the reader', () => {
  it('finds nothing in an empty place, and does not throw', () => {
    expect(readSurroundings('/nowhere/at/all', {})).toEqual({ variables: {}, files: {}, interfaces: [] });
  });

  it('reads a folder where a file should be as nothing', () => {
    expect(readSurroundings(fakeRoot({ '/etc/hosts/': '' }), {}).files).toEqual({});
  });

  it('reads the beginning of a long file', () => {
    const { files } = readSurroundings(
      fakeRoot({ '/etc/hosts': `first\n${'0.0.0.0 ads.example\n'.repeat(10_000)}` }),
      {},
    );
    expect(files['/etc/hosts']).toMatch(/^first\n/);
    expect(files['/etc/hosts']).toHaveLength(64 * 1024);
  });

  it('reads what is on its lists, and no other variable or file', () => {
    const root = fakeRoot({ '/.dockerenv': '', '/etc/shadow': 'root:!', '/tekton/results/': '' });
    const { variables, files } = readSurroundings(root, { DRONE: 'true', AWS_SECRET_ACCESS_KEY: 'x', CI: undefined });
    expect(variables).toEqual({ DRONE: 'true' });
    expect(files).toEqual({ '/.dockerenv': '', '/tekton/results': '' });
  });

  it('reads this host', () => {
    expect(readSurroundings().interfaces).toContainEqual(expect.objectContaining({ name: 'lo', kind: 'loopback' }));
  });
});
