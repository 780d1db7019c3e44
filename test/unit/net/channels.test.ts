import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createChannels } from '../../../src/net/channels.ts';
import { FakeRawSocket } from './fake-raw-socket.ts';
import { NO_BINDING, pathTo } from './path.ts';

const refuses = vi.hoisted(() => ({ raw: false, ping: false }));

vi.mock('raw-socket', async () => ({ default: (await import('./fake-raw-socket.ts')).fakeRawSocket }));
vi.mock('../../../src/net/sys/socket.ts', () => ({
  openSocket: (_family: number, type: number, protocol: number) => {
    if (type === 3) return refuses.raw ? -1 : 999; // SOCK_RAW, EPERM
    return protocol !== 0 && refuses.ping ? -13 : 999; // EACCES
  },
  closeSocket: () => undefined,
  setOption: () => undefined,
  setBytesOption: () => undefined,
  setPathMtuDiscovery: () => undefined,
  bind: () => 0,
  localEndpoint: () => ({ address: '192.0.2.1', port: 40000 }),
}));

const channels = createChannels(NO_BINDING);

afterEach(() => {
  FakeRawSocket.refusal = null;
  Object.assign(refuses, { raw: false, ping: false });
});

describe('the engine for datagrams', () => {
  it('is the raw socket where it may be', async () => {
    const { channel, refused } = await channels.datagram(pathTo('192.0.2.70'));
    expect(channel?.method).toBe('icmp-raw');
    expect(refused).toEqual([]);
    channel?.close();
  });

  it('is the ping socket where the raw socket is refused, and says so', async () => {
    refuses.raw = true;
    const { channel, refused } = await channels.datagram(pathTo('192.0.2.70'));
    expect(channel).toMatchObject({ method: 'icmp-ping', traceless: false, smallestSize: 40 });
    expect(refused).toEqual(['raw ICMP sockets need CAP_NET_RAW']);
    channel?.close();
    channel?.close();
  });

  it('is the ping program where both are refused, and nothing where that is missing', async () => {
    Object.assign(refuses, { raw: true, ping: true });
    const path = process.env.PATH;
    const folder = mkdtempSync(join(tmpdir(), 'ping-'));
    try {
      process.env.PATH = folder;
      expect(await channels.datagram(pathTo('192.0.2.70'))).toEqual({
        channel: null,
        refused: [
          'raw ICMP sockets need CAP_NET_RAW',
          'ping sockets need a group of this process in net.ipv4.ping_group_range',
          'the program "ping" is not installed',
        ],
      });
      writeFileSync(join(folder, 'busybox'), '', { mode: 0o755 });
      symlinkSync(join(folder, 'busybox'), join(folder, 'ping'));
      const { refused } = await channels.datagram(pathTo('192.0.2.70'));
      expect(refused.at(-1)).toBe('the ping of BusyBox cannot set DF');
      writeFileSync(join(folder, 'ping6'), '', { mode: 0o755 });
      const { channel } = await channels.datagram(pathTo('2001:db8::70'));
      expect(channel).toMatchObject({ method: 'icmp-system', traceless: false, smallestSize: 64 });
    } finally {
      process.env.PATH = path;
      rmSync(folder, { recursive: true });
    }
  });
});

describe('the scout', () => {
  it('is there for both families, and needs the raw socket', async () => {
    const scout4 = await channels.scout(pathTo('192.0.2.70'));
    expect(scout4).toMatchObject({ method: 'udp-raw', traceless: true, smallestSize: 40 });
    scout4?.close();
    scout4?.close();
    const scout = await channels.scout(pathTo('2001:db8::70'));
    expect(scout).toMatchObject({ method: 'udp-raw', traceless: true, smallestSize: 60 });
    scout?.close();
    FakeRawSocket.refusal = 'Operation not permitted';
    expect(await channels.scout(pathTo('2001:db8::70'))).toBeNull();
    refuses.raw = true;
    expect(await channels.scout(pathTo('192.0.2.70'))).toBeNull();
  });
});
