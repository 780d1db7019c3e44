/** Where packets to the world leave, whatever the routes are: as netlink tells it, and `ip route get`. */

import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import type { InspectedEgress } from '../../../src/layers/seen.ts';
import { onOwnMachine } from './own-machine.ts';

const PROGRAM = fileURLToPath(new URL('egress.mjs', import.meta.url));

interface Said {
  readonly netlink: readonly InspectedEgress[];
  readonly files: readonly InspectedEgress[];
  readonly ip: readonly InspectedEgress[];
}

const SCENE = `
ip link add e0 index 5 type veth peer name p0
ip link add e1 index 6 type veth peer name p1
for end in e0 p0 e1 p1 lo; do ip link set $end up; done
ip address add 10.0.0.2/24 dev e0
ip address add 10.1.0.2/24 dev e1
ip address add fd00::2/64 dev e0 nodad
ip address add fd01::2/64 dev e1 nodad
ip route add default via 10.0.0.1
ip route add default via 10.1.0.1 metric 50
ip -6 route add default via fd00::1`;

const FIRST = [
  { family: 4, via: '10.0.0.1', interface: 5 },
  { family: 6, via: 'fd00::1', interface: 5 },
];
const SECOND = [
  { family: 4, via: '10.1.0.1', interface: 6 },
  { family: 6, via: 'fd01::1', interface: 6 },
];

function after(...lines: readonly string[]): Said {
  const output = onOwnMachine([SCENE, ...lines, `${process.execPath} ${PROGRAM}`].join('\n'));
  return JSON.parse(output) as Said;
}

it.each<readonly [string, readonly string[], readonly unknown[]]>([
  ['the default route with the lowest metric', [], FIRST],
  [
    'halves that a VPN lays over it',
    [
      'for half in 0.0.0.0/1 128.0.0.0/1; do ip route add $half via 10.1.0.1; done',
      'for part in ::/3 2000::/4 3000::/4 fc00::/7; do ip -6 route add $part via fd01::1; done',
    ],
    SECOND,
  ],
  [
    'the same, where a network is made of addresses that are for documents',
    ['ip address add 192.0.2.1/24 dev e1', 'ip address add 2001:db8::1/64 dev e1 nodad'],
    FIRST,
  ],
  ['nothing, where there is none', ['ip route flush default', 'ip -6 route flush default'], []],
  [
    'a next hop of the other family',
    ['ip -4 route replace default via inet6 fd00::1 dev e0'],
    [{ family: 4, via: 'fd00::1', interface: 5 }, ...FIRST.slice(1)],
  ],
])('is %s', (_, lines, expected) => {
  const { netlink, files, ip } = after(...lines);
  expect(netlink).toEqual(expected);
  expect(ip).toEqual(expected);
  // No address of IPv6 has a place in the table of IPv4.
  const known = netlink.map((one) => (one.family === 4 && one.via?.includes(':') ? { ...one, via: null } : one));
  expect(files).toEqual(known);
});

it.each<readonly [string, readonly string[], readonly unknown[]]>([
  [
    'a table that a rule leads to',
    [
      'for family in -4 -6; do ip $family rule add table 77; done',
      'ip route add default via 10.1.0.1 table 77',
      'ip -6 route add default via fd01::1 table 77',
    ],
    SECOND,
  ],
  [
    'the same, where what is never to be seen on the Internet is refused',
    ['ip route add blackhole 192.0.2.0/24', 'ip -6 route add unreachable 2001:db8::/32'],
    FIRST,
  ],
  [
    'nothing, where it is refused',
    ['ip route del default via 10.0.0.1', 'ip route add unreachable default'],
    [FIRST[1]],
  ],
])('is, by netlink only, %s', (_, lines, expected) => {
  const { netlink, ip } = after(...lines);
  expect(netlink).toEqual(expected);
  expect(ip).toEqual(expected);
});
