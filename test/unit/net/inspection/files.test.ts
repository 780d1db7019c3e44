/** What /proc and /sys say of a network namespace. */

import { describe, expect, it } from 'vitest';
import { ipv6Addresses } from '../../../../src/net/inspection/interfaces-by-files.ts';
import { parseIpv4Routes, parseIpv6Routes } from '../../../../src/net/inspection/proc-routes.ts';
import { sysInterfaces } from '../../../../src/net/inspection/sys-interface.ts';
import { readSysctls } from '../../../../src/net/inspection/sysctls.ts';
import { fakeRoot } from '../fake-root.ts';

const INDEXES: Readonly<Record<string, number>> = { eth0: 2, eth1: 3 };
const indexOf = (name: string) => INDEXES[name] ?? null;

const IPV4 = `Iface	Destination	Gateway 	Flags	RefCnt	Use	Metric	Mask		MTU	Window	IRTT
eth0	00000000	0101090A	0003	0	0	0	00000000	0	0	0
eth0	0000010A	0101090A	0003	0	0	7	0000FFFF	1440	0	0
eth1	0001090A	00000000	0001	0	0	0	00FFFFFF	0	0	0
*	0000040A	00000000	0201	0	0	0	0000FFFF	0	0	0
eth0	00000B0A	00000000	0003	0	0	0	0000FFFF	0	0	0
gone	0001080A	00000000	0001	0	0	0	00FFFFFF	0	0	0
`;

const IPV6 = `fd000001000000000000000000000000 40 00000000000000000000000000000000 00 00000000000000000000000000000000 00000100 00000001 00000000 00000001     eth0
00000000000000000000000000000000 00 00000000000000000000000000000000 00 fd000001000000000000000000000001 00000400 00000001 00000000 00000003     eth0
fd000001000000000000000000000002 80 00000000000000000000000000000000 00 00000000000000000000000000000000 00000000 00000002 00000000 80200001     eth0
ff000000000000000000000000000000 08 00000000000000000000000000000000 00 00000000000000000000000000000000 00000100 00000003 00000000 00000001     eth0
00000000000000000000000000000000 00 00000000000000000000000000000000 00 00000000000000000000000000000000 ffffffff 00000001 00000000 00200200       lo
`;

describe('routes', () => {
  it('of IPv4 have no MTU: the column is 40 more than the MSS on them', () => {
    expect(parseIpv4Routes(IPV4, indexOf)).toEqual([
      { family: 4, to: 'default', via: '10.9.1.1', interface: 2, metric: 0, mtu: null, locked: false },
      { family: 4, to: '10.1.0.0/16', via: '10.9.1.1', interface: 2, metric: 7, mtu: null, locked: false },
      { family: 4, to: '10.9.1.0/24', via: null, interface: 3, metric: 0, mtu: null, locked: false },
      { family: 4, to: '10.11.0.0/16', via: null, interface: 2, metric: 0, mtu: null, locked: false },
    ]);
  });

  it('of IPv6 are those of the main table', () => {
    expect(parseIpv6Routes(IPV6, indexOf)).toEqual([
      { family: 6, to: 'fd00:1::/64', via: null, interface: 2, metric: 256, mtu: null, locked: false },
      { family: 6, to: 'default', via: 'fd00:1::1', interface: 2, metric: 1024, mtu: null, locked: false },
    ]);
  });

  it('are none in nonsense', () => {
    expect(parseIpv4Routes('', indexOf)).toEqual([]);
    expect(parseIpv4Routes('\neth0 1 2', indexOf)).toEqual([]);
    expect(parseIpv6Routes('\nfd00 40', indexOf)).toEqual([]);
  });
});

describe('addresses of IPv6', () => {
  it('are sorted by interface', () => {
    const text = `00000000000000000000000000000001 01 80 10 80       lo
fd000001000000000000000000000002 02 40 00 82     eth0
fe800000000000000001000000000001 02 40 20 80     eth0
`;
    expect([...ipv6Addresses(text)]).toEqual([
      ['lo', ['::1/128']],
      ['eth0', ['fd00:1::2/64', 'fe80::1:0:0:1/64']],
    ]);
  });
});

describe('an interface in /sys', () => {
  it('says all of itself', () => {
    const files = {
      mtu: '1450\n',
      ifindex: '2\n',
      iflink: '7\n',
      type: '1\n',
      flags: '0x1003\n',
      address: '02:42:ac:11:00:02\n',
    };
    const root = fakeRoot(
      Object.fromEntries(Object.entries(files).map(([file, text]) => [`/sys/class/net/eth0/${file}`, text])),
    );
    expect(sysInterfaces(root).get('eth0')).toEqual({
      name: 'eth0',
      index: 2,
      mtu: 1450,
      kind: 'veth',
      isUp: true,
      hardwareAddress: '02:42:ac:11:00:02',
      master: null,
      link: 7,
    });
  });
});

describe('settings', () => {
  it('are numbers, or not known', () => {
    const root = fakeRoot({
      '/proc/sys/net/ipv4/tcp_mtu_probing': '1\n',
      '/proc/sys/net/ipv4/ping_group_range': '0\t2147483647\n',
    });
    expect(readSysctls(root)).toEqual({ tcpMtuProbing: 1, pingGroupRange: [0, 2147483647] });
    expect(readSysctls('/nowhere/at/all')).toEqual({ tcpMtuProbing: null, pingGroupRange: null });
  });
});
