/** Three answers to what a network namespace is configured to: netlink, the files of /proc and /sys, and `ip -j`. */

import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Inspection } from '../../../src/layers/seen.ts';
import type { LocalInterface } from '../../../src/surroundings.ts';
import {
  type IpAddresses,
  type IpLink,
  type IpRoute,
  interfacesOf,
  routesOf,
  sorted,
  withoutLock,
  withoutNamespace,
} from './as-ip-has-it.ts';
import { onOwnMachine } from './own-machine.ts';
import { SCENE } from './scene.ts';

const PROGRAM = fileURLToPath(new URL('inspect.mjs', import.meta.url));

interface Said {
  readonly netlink: Inspection;
  readonly files: Inspection;
  readonly local: readonly LocalInterface[];
  readonly ip: {
    readonly links: readonly IpLink[];
    readonly addresses: readonly IpAddresses[];
    readonly routes: readonly [ipv4: readonly IpRoute[], ipv6: readonly IpRoute[]];
    readonly copies: readonly IpRoute[];
  };
}

let inner: Said;
let outer: Said;
let byNumber: Said;

beforeAll(() => {
  const inspect = `${process.execPath} ${PROGRAM}`;
  // nsenter leaves /sys as it is: the root's, with an eth0 of its own. ip netns exec brings the right one.
  const lines = onOwnMachine(`${SCENE}
    nsenter --net=/run/netns/mpkin ${inspect}
    ip netns exec mpkout ${inspect}
    ip -n mpkout nexthop add id 5 via 10.2.0.2 dev u0
    ip -n mpkout nexthop add id 6 via 10.1.0.2 dev br0
    ip -n mpkout nexthop add id 7 group 5/6
    ip -n mpkout route add 10.12.0.0/16 nhid 7 mtu 1280
    ip netns exec mpkout sysctl -qw net.ipv4.nexthop_compat_mode=0
    ip netns exec mpkout ${inspect}`);
  [inner, outer, byNumber] = lines
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line)) as [Said, Said, Said];
});

const both = [
  ['inner', () => inner],
  ['outer', () => outer],
] as const;

describe.each(both)('the %s namespace', (_, said) => {
  it('has the interfaces that ip has', () => {
    const { netlink, ip } = said();
    expect(netlink.source).toBe('netlink');
    expect(netlink.unseen).toBeUndefined();
    expect(netlink.interfaces.map(withoutNamespace)).toEqual(interfacesOf(ip.links, ip.addresses));
  });

  it('has the routes that ip has', () => {
    const { netlink, ip } = said();
    const [ipv4, ipv6] = ip.routes;
    const expected = [...routesOf(ipv4, ip.links, 4), ...routesOf(ipv6, ip.links, 6)];
    expect(sorted(netlink.routes.map(withoutLock))).toEqual(sorted(expected));
    expect(netlink.routes.map(({ metric }) => metric)).toEqual(
      netlink.routes.map(({ metric }) => metric).sort((a, b) => a - b),
    );
  });

  it('has by files the same interfaces', () => {
    const { netlink, files } = said();
    const known = (found: Inspection) =>
      found.interfaces.map(({ index, name, mtu, kind, isUp, addresses }) => ({
        index,
        name,
        mtu,
        kind,
        isUp,
        addresses: [...addresses].sort(),
      }));
    expect(files.source).toBe('proc');
    expect(known(files)).toEqual(known(netlink));
  });

  it('has by files the same routes, without their MTUs', () => {
    const { netlink, files } = said();
    // It shows the first of several hops, and no address of IPv6 for IPv4.
    const isShown = ({ family, to, via }: Inspection['routes'][number]) =>
      !(family === 4 && to === 'default' && via === '10.1.0.2');
    const known = netlink.routes.filter(isShown).map((route) => ({
      ...route,
      mtu: null,
      locked: false,
      via: route.family === 4 && route.via?.includes(':') ? null : route.via,
    }));
    expect(sorted(files.routes)).toEqual(sorted(known));
  });

  it('has the same settings both ways', () => {
    const { netlink, files } = said();
    expect([files.tcpMtuProbing, files.pingGroupRange]).toEqual([netlink.tcpMtuProbing, netlink.pingGroupRange]);
  });
});

describe('what is seen inside', () => {
  it('is the own eth0, though /sys shows another one', () => {
    expect(inner.local).toEqual([
      { name: 'eth0', mtu: 1500, kind: 'veth' },
      { name: 'lo', mtu: 65536, kind: 'loopback' },
    ]);
  });

  it('is the kind of each', () => {
    expect(Object.fromEntries(outer.local.map(({ name, kind }) => [name, kind]))).toEqual({
      br0: 'bridge',
      lo: 'loopback',
      mac0: 'macvlan',
      tap0: 'tun',
      u0: 'veth',
      v0: 'veth',
      vx0: 'vxlan',
    });
  });

  it('is a locked MTU, and one that is not', () => {
    const found = inner.netlink.routes
      .filter(({ mtu }) => mtu !== null)
      .map(({ to, mtu, locked }) => [to, mtu, locked]);
    expect(sorted(found)).toEqual([
      ['10.7.0.0/16', 1400, true],
      ['10.8.0.0/16', 1420, false],
      ['fd08::/64', 1420, false],
    ]);
  });

  it('is what a Packet Too Big taught', () => {
    expect(inner.netlink.cachedPathMtus.map(({ to, mtu }) => [to, mtu])).toEqual([
      ['10.2.0.2', 1300],
      ['fd02::2', 1300],
    ]);
    expect(inner.ip.copies.map(({ dst, metrics }) => [dst, metrics?.[0]?.mtu])).toEqual([
      ['10.2.0.2', 1300],
      ['fd02::2', 1300],
    ]);
    for (const { expiresInS } of inner.netlink.cachedPathMtus) {
      expect(expiresInS).toBeGreaterThan(400);
      expect(expiresInS).toBeLessThanOrEqual(600); // net.ipv4.route.mtu_expires
    }
  });

  it('is each setting of the own namespace', () => {
    expect([inner.netlink.tcpMtuProbing, inner.netlink.pingGroupRange]).toEqual([1, [0, 1000]]);
    expect([outer.netlink.tcpMtuProbing, outer.netlink.pingGroupRange]).toEqual([0, [1, 0]]);
  });

  it('is each of several ways by default', () => {
    const defaults = outer.netlink.routes.filter(({ to }) => to === 'default').map(({ via }) => via);
    expect(defaults).toEqual(['10.2.0.2', '10.1.0.2', 'fd02::2', 'fd01::2']);
  });

  it('is each way of a route that only names a number', () => {
    const found = byNumber.netlink.routes.filter(({ to }) => to === '10.12.0.0/16');
    expect(found).toMatchObject([
      { via: '10.2.0.2', mtu: 1280 },
      { via: '10.1.0.2', mtu: 1280 },
    ]);
  });
});
