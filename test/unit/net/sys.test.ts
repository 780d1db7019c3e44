import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SyscallError } from '../../../src/errors.ts';
import { errno, errnoName } from '../../../src/net/sys/errno.ts';
import { interfaceIndex, interfaceMtu, interfaceName, interfaceNames } from '../../../src/net/sys/interface.ts';
import { lookUpRoute } from '../../../src/net/sys/netlink-route.ts';
import { addressBytes, decodeSockaddr, encodeSockaddr } from '../../../src/net/sys/sockaddr.ts';
import { closeSocket, localEndpoint } from '../../../src/net/sys/socket.ts';
import { openTcpSocket, readTcpInfo } from '../../../src/net/sys/tcp-socket.ts';

describe('socket addresses', () => {
  it('come back as they went in', () => {
    const addresses = fc.oneof(fc.ipV4(), fc.ipV6());
    fc.assert(
      fc.property(addresses, fc.nat({ max: 65535 }), (address, port) => {
        const decoded = decodeSockaddr(encodeSockaddr({ address, port }));
        expect(decoded?.port).toBe(port);
        expect(addressBytes(decoded?.address ?? '')).toEqual(addressBytes(address));
      }),
    );
  });

  it('are nothing when they are cut or of another family', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 30 }), (bytes) => {
        const decoded = decodeSockaddr(bytes);
        if (decoded !== null) expect(addressBytes(decoded.address).byteLength).toBeGreaterThanOrEqual(4);
      }),
    );
    expect(decodeSockaddr(new Uint8Array(28))).toBeNull();
  });

  it('name the interface of a link-local address', () => {
    const zone = encodeSockaddr({ address: 'fe80::1%lo', port: 1 });
    expect(zone[24]).toBe(interfaceIndex('lo'));
  });
});

describe('interfaces', () => {
  it('are known by name, number and MTU', () => {
    const index = interfaceIndex('lo') ?? 0;
    expect(interfaceName(index)).toBe('lo');
    expect(interfaceMtu('lo')).toBe(65536);
    expect(interfaceNames()).toContain('lo');
    expect(interfaceIndex('nope0')).toBeNull();
    expect(() => interfaceMtu('nope0')).toThrow(SyscallError);
    expect(() => interfaceMtu('nope0')).toThrow('ioctl(SIOCGIFMTU, nope0): ENODEV');
  });
});

describe('routes', () => {
  it('tell an address of this host', () => {
    const query = { family: 4, destination: '127.0.0.1', source: null, interfaceIndex: null } as const;
    expect(lookUpRoute(query)).toMatchObject({ kind: 'route', type: 'local', interfaceIndex: 1, learnt: false });
    expect(lookUpRoute({ ...query, interfaceIndex: 1, source: '127.0.0.1' })).toMatchObject({ type: 'local' });
  });

  it('answer with an error number where there is none', () => {
    const query = { family: 4, destination: '0.0.0.1', source: '127.0.0.1', interfaceIndex: 9999 } as const;
    expect(lookUpRoute(query)).toEqual({ kind: 'none', errno: errno.ENODEV });
  });
});

describe('TCP sockets', () => {
  it('say what the kernel knows before they connect', () => {
    const fd = openTcpSocket(4, 1200);
    expect(readTcpInfo(fd).state).toBe(7);
    expect(localEndpoint(fd)).toEqual({ address: '0.0.0.0', port: 0 });
    closeSocket(fd);
    expect(() => readTcpInfo(fd)).toThrow('getsockopt(TCP_INFO): EBADF');
  });

  it('refuse an MSS that no SYN can carry', () => {
    expect(() => openTcpSocket(4, 70_000)).toThrow('setsockopt(6, 2, 70000): EINVAL');
  });
});

describe('error numbers', () => {
  it('have names', () => {
    expect(errnoName(errno.EMSGSIZE)).toBe('EMSGSIZE');
    expect(errnoName(4000)).toBe('E4000');
  });
});
