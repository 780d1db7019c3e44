/** Entries as Linux 6.18 writes them, byte by byte. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeAddress } from '../../../../src/net/sys/netlink-addresses.ts';
import { decodeLink } from '../../../../src/net/sys/netlink-links.ts';
import { decodeNamespaceId } from '../../../../src/net/sys/netlink-namespace-id.ts';
import { decodeNextHop } from '../../../../src/net/sys/netlink-next-hops.ts';
import { decodeRoute } from '../../../../src/net/sys/netlink-routes.ts';

function message(type: number, body: string) {
  return { type, flags: 2, body: Buffer.from(body.replaceAll(' ', ''), 'hex') };
}

const MAIN = '0800 0f00 fe000000';
const VETH = '1000 1200 0900 0100 7665746800 000000';

describe('an interface', () => {
  it('has its other end in another namespace', () => {
    const body = `0000 0100 02000000 43100100 00000000 0700 0300 763100 00 0800 0400 aa050000 0800 0a00 07000000 ${VETH} 0800 2500 03000000 0800 0500 05000000`;
    expect(decodeLink(message(16, body))).toEqual({
      index: 2,
      name: 'v1',
      mtu: 1450,
      hardware: 1,
      kind: 'veth',
      isUp: true,
      master: 7,
      link: { index: 5, namespace: 3 },
    });
  });

  it('lies upon another one in the same namespace, or upon nothing', () => {
    const plain = '0000 0100 02000000 02100000 00000000 0700 0300 763100 00 0800 0400 dc050000';
    expect(decodeLink(message(16, `${plain} 0800 0500 05000000`))).toMatchObject({
      kind: null,
      isUp: false,
      master: null,
      link: { index: 5, namespace: null },
    });
    expect(decodeLink(message(16, `${plain} 0800 0500 05000000 0800 2500 ffffffff`))?.link).toEqual({
      index: 5,
      namespace: -1,
    });
    expect(decodeLink(message(16, `${plain} 0800 0500 00000000`))?.link).toBeNull();
  });

  it('of kind vxlan says in its own words what it lies upon', () => {
    const driver = '1c00 1200 0a00 0100 76786c616e00 0000 0c00 0200 0800 0300 04000000';
    const body = `0000 0100 06000000 02100000 00000000 0800 0300 76783000 0800 0400 e2040000 ${driver}`;
    expect(decodeLink(message(16, body))).toMatchObject({ kind: 'vxlan', link: { index: 4, namespace: null } });
  });

  it('is none without name or MTU', () => {
    expect(decodeLink(message(16, '0000 0100 02000000 02100000 00000000 0700 0300 763100 00'))).toBeNull();
    expect(decodeLink(message(17, '0000 0100 02000000 02100000 00000000'))).toBeNull();
  });
});

describe('an address', () => {
  it.each([
    ['of IPv4', '0218 8000 02000000 0800 0100 0a090102 0800 0200 0a090102', '10.9.1.2/24'],
    ['with another one at the other end', '0220 8000 02000000 0800 0100 0a080002 0800 0200 0a080001', '10.8.0.1/32'],
    ['of IPv6', '0a40 8200 02000000 1400 0100 fd000001000000000000000000000002', 'fd00:1::2/64'],
  ])('%s', (_, body, text) => {
    expect(decodeAddress(message(20, body))).toEqual({ interface: 2, text });
  });

  it('is none when it is cut', () => {
    expect(decodeAddress(message(20, '0a40 8200 02000000 1400 0100 fd00'))).toBeNull();
  });
});

describe('a route', () => {
  const PLAIN = {
    family: 4,
    isUnicast: true,
    table: 254,
    nextHop: null,
    metric: 0,
    mtu: null,
    locked: false,
    isCopy: false,
    expiresInS: null,
  };

  it('has an MTU that is locked, and a metric', () => {
    const body = `0210 0000 fe03 0001 00000000 ${MAIN} 0800 0100 0a010000 0800 0600 07000000 1400 0800 0800 0100 04000000 0800 0200 78050000 0800 0500 0a090101 0800 0400 02000000`;
    expect(decodeRoute(message(24, body))).toEqual({
      ...PLAIN,
      to: '10.1.0.0/16',
      hops: [{ via: '10.9.1.1', interface: 2 }],
      metric: 7,
      mtu: 1400,
      locked: true,
    });
  });

  it('leads two ways by default', () => {
    const body = `0200 0000 fe03 0001 00000000 ${MAIN} 2400 0900 1000 0000 02000000 0800 0500 0a090101 1000 0000 03000000 0800 0500 0a090103`;
    const hops = [
      { via: '10.9.1.1', interface: 2 },
      { via: '10.9.1.3', interface: 3 },
    ];
    expect(decodeRoute(message(24, body))).toEqual({ ...PLAIN, to: 'default', hops });
  });

  it('leads two ways by a number', () => {
    const body = `0210 0000 fe03 0001 00000000 ${MAIN} 0800 0100 0a020000 0800 1e00 07000000`;
    expect(decodeRoute(message(24, body))).toEqual({ ...PLAIN, to: '10.2.0.0/16', hops: [], nextHop: 7 });
  });

  it('of IPv4 leads by way of an address of IPv6, to a half of all', () => {
    const body = `0201 0000 fe03 0001 00000000 ${MAIN} 0800 0100 00000000 1600 1200 0a00 fd000001000000000000000000000001 0000 0800 0400 02000000`;
    const hops = [{ via: 'fd00:1::1', interface: 2 }];
    expect(decodeRoute(message(24, body))).toEqual({ ...PLAIN, to: '0.0.0.0/1', hops });
  });

  it('of IPv6 has an MTU that is not locked', () => {
    const body = `0a40 0000 fe03 0001 00000000 ${MAIN} 1400 0100 fd000002000000000000000000000000 0c00 0800 0800 0200 78050000 0800 0600 00040000 1400 0500 fd000001000000000000000000000001 0800 0400 02000000 2400 0c00 ${'00'.repeat(32)}`;
    const hops = [{ via: 'fd00:1::1', interface: 2 }];
    expect(decodeRoute(message(24, body))).toEqual({
      ...PLAIN,
      family: 6,
      to: 'fd00:2::/64',
      hops,
      metric: 1024,
      mtu: 1400,
    });
  });

  it('is a copy that is forgotten in ten minutes', () => {
    const body = `0220 0000 fe00 0001 00020000 ${MAIN} 0800 0100 0a010001 0800 0400 02000000 0800 0500 0a090101 0c00 0800 0800 0200 14050000 2400 0c00 0000000000000000 5fea0000 ${'00'.repeat(20)}`;
    expect(decodeRoute(message(24, body))).toMatchObject({
      to: '10.1.0.1/32',
      mtu: 1300,
      isCopy: true,
      expiresInS: 600,
    });
  });

  it('may stand in another table, and be of another type', () => {
    expect(
      decodeRoute(message(24, '0220 0000 ff02 fe02 00000000 0800 0f00 ff000000 0800 0100 0a090102')),
    ).toMatchObject({
      isUnicast: false,
      table: 255,
      hops: [],
    });
    expect(decodeRoute(message(24, '0200 0000 0003 0001 00000000 0800 0f00 10270000'))?.table).toBe(10_000);
  });

  it('is none of a bridge, and none that is cut', () => {
    expect(decodeRoute(message(24, '0700 0000 fe03 0001 00000000'))).toBeNull();
    expect(decodeRoute(message(24, '0200 0000 fe03 0001'))).toBeNull();
  });
});

describe('a next hop', () => {
  it('leads somewhere, or is a group', () => {
    expect(
      decodeNextHop(message(104, '02fd 0000 00000000 0800 0100 05000000 0800 0500 02000000 0800 0600 0a090101')),
    ).toEqual({
      id: 5,
      hop: { via: '10.9.1.1', interface: 2 },
      members: [],
    });
    const group =
      '0000 0000 00000000 0800 0100 07000000 0600 0300 0000 0000 1400 0200 0500000000000000 0600000000000000';
    expect(decodeNextHop(message(104, group))).toEqual({ id: 7, hop: null, members: [5, 6] });
  });
});

describe('the number of a namespace', () => {
  it('is none where there is none', () => {
    expect(decodeNamespaceId(message(88, '00000000 0800 0100 03000000'))).toBe(3);
    expect(decodeNamespaceId(message(88, '00000000 0800 0100 ffffffff'))).toBeNull();
    expect(decodeNamespaceId(message(2, 'a1ffffff'))).toBeNull();
  });
});

describe('bytes that mean nothing', () => {
  it('are read without harm', () => {
    const decoders = [decodeLink, decodeAddress, decodeRoute, decodeNextHop, decodeNamespaceId];
    const types = fc.constantFrom(16, 20, 24, 88, 104);
    fc.assert(
      fc.property(types, fc.uint8Array({ maxLength: 120 }), fc.constantFrom(...decoders), (type, bytes, decode) => {
        // Often of a family that is known.
        const body = Uint8Array.from([bytes.length % 2 === 0 ? 2 : 10, ...bytes]);
        const found = decode({ type, flags: 0, body });
        expect(found === undefined).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });
});
