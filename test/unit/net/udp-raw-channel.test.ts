import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DatagramChannel, DatagramEvent } from '../../../src/measure/channel.ts';
import { createClock } from '../../../src/net/clock.ts';
import { addressBytes } from '../../../src/net/sys/sockaddr.ts';
import { openUdpRawChannel } from '../../../src/net/udp-raw-channel.ts';
import { ipv6Packet, packetTooBig6 } from '../wire/packets.ts';
import { FakeRawSocket } from './fake-raw-socket.ts';
import { pathTo } from './path.ts';

const ports = vi.hoisted(() => ({ sent: [] as number[], failure: 0 }));

vi.mock('raw-socket', async () => ({ default: (await import('./fake-raw-socket.ts')).fakeRawSocket }));
vi.mock('../../../src/net/sys/socket.ts', async (original) => ({
  ...(await original<typeof import('../../../src/net/sys/socket.ts')>()),
  localEndpoint: () => ({ address: '::', port: 50_000 }),
  sendTo: (_fd: number, bytes: Uint8Array, sockaddr: Uint8Array) => {
    ports.sent.push(((sockaddr[2] as number) << 8) | (sockaddr[3] as number));
    return ports.failure === 0 ? bytes.byteLength : ports.failure;
  },
}));

const clock = createClock();
const TARGET = '2001:db8::70';
const ROUTER = '2001:db8::1';
let channel: DatagramChannel;
let icmp: FakeRawSocket;

beforeEach(async () => {
  ports.failure = 0;
  const opening = await openUdpRawChannel(pathTo(TARGET), { interface: null, source: null }, clock, new Set());
  if (opening.kind === 'refused') throw new Error(opening.reason);
  channel = opening.channel;
  icmp = FakeRawSocket.latest as FakeRawSocket;
});
afterEach(() => channel.close());

const received = (): Promise<readonly DatagramEvent[]> => channel.receive(clock.now());

/** The UDP packet of a probe, as an ICMPv6 error quotes it. */
function quoteOf(destinationPort: number, sourcePort = 50_000): Uint8Array {
  const datagram = new Uint8Array(1460);
  const view = new DataView(datagram.buffer);
  view.setUint16(0, sourcePort);
  view.setUint16(2, destinationPort);
  return ipv6Packet(datagram, 17, addressBytes(TARGET));
}

function unreachable(code: number, quote: Uint8Array): Uint8Array {
  return Uint8Array.from([1, code, 0, 0, 0, 0, 0, 0, ...quote]);
}

describe('UDP to closed ports', () => {
  it('is answered by the closed port of the target alone', async () => {
    channel.send({ id: 3, size: 1500 });
    const port = ports.sent.at(-1) as number;
    expect(port).toBe(33_437);
    icmp.emit('message', unreachable(4, quoteOf(port)), TARGET);
    expect(await received()).toEqual([{ kind: 'reply', id: 3, hopsLeft: null }]);
    icmp.emit('message', unreachable(4, quoteOf(port)), ROUTER);
    icmp.emit('message', unreachable(1, quoteOf(port)), TARGET);
    expect(await received()).toEqual([
      { kind: 'unreachable', id: 3, from: ROUTER },
      { kind: 'unreachable', id: 3, from: TARGET },
    ]);
  });

  it('hears Packet Too Big', async () => {
    channel.send({ id: 3, size: 1500 });
    icmp.emit('message', packetTooBig6(quoteOf(33_437), 1400), ROUTER);
    expect(await received()).toEqual([{ kind: 'packet-too-big', quoted: { id: 3 }, from: ROUTER, nextHopMtu: 1400 }]);
  });

  it('counts what is not for it', async () => {
    channel.send({ id: 3, size: 1500 });
    icmp.emit('message', packetTooBig6(quoteOf(33_437, 50_001), 1400), ROUTER);
    icmp.emit('message', packetTooBig6(quoteOf(33_440), 1400), ROUTER);
    icmp.emit('message', packetTooBig6(quoteOf(33_437), 1500), ROUTER);
    icmp.emit('message', Uint8Array.of(129, 0, 0, 0, 0, 0, 0, 0), TARGET);
    icmp.emit('message', Uint8Array.of(2), ROUTER);
    expect(await received()).toEqual([]);
    expect(channel.dropped()).toBe(5);
  });

  it('says what this host refuses', async () => {
    ports.failure = -90; // EMSGSIZE
    channel.send({ id: 1, size: 9000 });
    ports.failure = -1; // EPERM
    channel.send({ id: 2, size: 1400 });
    expect(await received()).toEqual([
      { kind: 'local-limit', id: 1, mtu: 1500 },
      { kind: 'unreachable', id: 2, from: '::1' },
    ]);
    channel.close();
    channel.close();
    expect(icmp.closed).toBe(1);
  });
});
