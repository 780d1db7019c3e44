import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DatagramChannel, DatagramEvent } from '../../../src/measure/channel.ts';
import { createClock } from '../../../src/net/clock.ts';
import { openRawIcmpChannel } from '../../../src/net/raw-icmp-channel.ts';
import { addressBytes } from '../../../src/net/sys/sockaddr.ts';
import { ipv4Packet } from '../../../src/wire/ip.ts';
import { ipv6Packet, packetTooBig4, packetTooBig6, sealed } from '../wire/packets.ts';
import { FakeRawSocket } from './fake-raw-socket.ts';
import { pathTo } from './path.ts';

const kernel = vi.hoisted(() => ({
  sent: [] as Uint8Array[],
  options: [] as number[][],
  opened: [] as number[],
  refusal: 0,
  failure: 0,
  closed: 0,
}));

vi.mock('raw-socket', async () => ({ default: (await import('./fake-raw-socket.ts')).fakeRawSocket }));
vi.mock('../../../src/net/sys/socket.ts', () => ({
  openSocket: (_family: number, type: number, protocol: number) => {
    kernel.opened = [type, protocol];
    return kernel.refusal === 0 ? 999 : -kernel.refusal;
  },
  closeSocket: () => {
    kernel.closed += 1;
  },
  setOption: (_fd: number, ...option: number[]) => kernel.options.push(option),
  setBytesOption: () => undefined,
  setHops: (_fd: number, family: number, hops: number) => kernel.options.push([family, hops]),
  setPathMtuDiscovery: (_fd: number, _family: number, mode: number) => kernel.options.push([mode]),
  sendTo: (_fd: number, packet: Uint8Array) => {
    kernel.sent.push(packet);
    return kernel.failure === 0 ? packet.byteLength : -kernel.failure;
  },
}));

const clock = createClock();
const NO_BINDING = { interface: null, source: null };
const TARGET = '192.0.2.70';
const ROUTER = '192.0.2.1';
const OUR_PORT = 40_000;

let channel: DatagramChannel;
let socket: FakeRawSocket;

async function open(address: string): Promise<void> {
  const opening = await openRawIcmpChannel(pathTo(address), NO_BINDING, clock, new Set([OUR_PORT]));
  if (opening.kind === 'refused') throw new Error(opening.reason);
  channel = opening.channel;
  socket = FakeRawSocket.latest as FakeRawSocket;
}

function send(id: number, size: number): Uint8Array {
  channel.send({ id, size });
  return kernel.sent.at(-1) as Uint8Array;
}

/** An ICMPv4 message as the package hands it out: with its IP header, in a buffer that is used again at once. */
function deliver4(message: Uint8Array, from: string): void {
  const packet = ipv4Packet(message, {
    protocol: 1,
    hops: 64,
    source: addressBytes(from),
    destination: addressBytes('127.0.0.1'),
  });
  socket.emit('message', packet, from);
  packet.fill(0);
}

const received = (): Promise<readonly DatagramEvent[]> => channel.receive(clock.now());

/** The reply to an echo request that was sent with its IP header. */
function replyTo(packet: Uint8Array, length = packet.byteLength): Uint8Array {
  const reply = Uint8Array.from(packet.subarray(20, length));
  reply[0] = 0;
  return sealed(reply);
}

beforeEach(() => {
  Object.assign(kernel, { options: [], refusal: 0, failure: 0, closed: 0 });
  return open(TARGET);
});
afterEach(() => {
  channel.close();
  FakeRawSocket.refusal = null;
});

describe('echo requests through a raw socket', () => {
  it('leaves no trace for IPv4 and sets no other mode on any socket', () => {
    expect(channel).toMatchObject({ method: 'icmp-raw', traceless: true, smallestSize: 40 });
    expect(kernel.opened).toEqual([3, 255]); // SOCK_RAW, IPPROTO_RAW
    expect(kernel.options).toEqual([[4]]); // IP_PMTUDISC_INTERFACE
    expect(socket.options).toContainEqual([0, 10, 4]); // IP_MTU_DISCOVER, IP_PMTUDISC_INTERFACE
    expect(socket.options).toContainEqual([255, 1, ~(1 | 8 | 0x800) >>> 0]); // ICMP_FILTER: types 0, 3 and 11 pass
  });

  it('are packets of exactly the size, with DF set', () => {
    const packet = send(1, 1400);
    expect(packet.byteLength).toBe(1400);
    expect([...packet.subarray(0, 10)]).toEqual([0x45, 0, 0x05, 0x78, 0, 0, 0x40, 0, 64, 1]);
    expect([...packet.subarray(12, 20)]).toEqual([127, 0, 0, 1, 192, 0, 2, 70]);
  });

  it('are answered by whoever shows the token, whatever the length', async () => {
    const packet = send(1, 1400);
    deliver4(replyTo(packet), ROUTER);
    deliver4(replyTo(packet, 60), ROUTER);
    expect(await received()).toEqual([
      { kind: 'reply', id: 1, hopsLeft: 64 },
      { kind: 'reply', id: 1, hopsLeft: 64 },
    ]);
    deliver4(replyTo(packet, 30), TARGET);
    expect(await received()).toEqual([{ kind: 'reply', id: 1, hopsLeft: 64 }]);
    expect(channel.dropped()).toBe(0);
  });

  it('are not answered by strangers', async () => {
    const packet = send(1, 1400);
    const otherToken = replyTo(packet);
    otherToken.fill(0, 8, 16);
    deliver4(sealed(otherToken), TARGET);
    const otherIdentifier = replyTo(packet);
    otherIdentifier.fill(0, 4, 6);
    deliver4(sealed(otherIdentifier), TARGET);
    deliver4(replyTo(packet, 30), ROUTER);
    expect(await received()).toEqual([]);
    expect(channel.dropped()).toBe(3);
  });

  it('may be kept from going further, and are told by whom', async () => {
    channel.send({ id: 7, size: 1400, hops: 3 });
    const packet = kernel.sent.at(-1) as Uint8Array;
    expect(packet[8]).toBe(3);
    const timeExceeded = sealed(Uint8Array.from([11, 0, 0, 0, 0, 0, 0, 0, ...packet.subarray(0, 28)]));
    deliver4(timeExceeded, ROUTER);
    deliver4(sealed(Uint8Array.from([11, 1, 0, 0, 0, 0, 0, 0, ...packet.subarray(0, 28)])), ROUTER); // reassembly
    expect(await received()).toEqual([{ kind: 'time-exceeded', id: 7, from: ROUTER }]);
  });

  it('are told too big by a quote of as little as RFC 792 asks for', async () => {
    const packet = send(1, 1500);
    deliver4(packetTooBig4(packet.subarray(0, 28), 1400), ROUTER);
    deliver4(packetTooBig4(packet, 0), ROUTER);
    expect(await received()).toEqual([
      { kind: 'packet-too-big', quoted: { id: 1 }, from: ROUTER, nextHopMtu: 1400 },
      { kind: 'packet-too-big', quoted: { id: 1 }, from: ROUTER, nextHopMtu: 0 },
    ]);
  });

  it('are not told what cannot be', async () => {
    const packet = send(1, 1400);
    deliver4(packetTooBig4(packet, 1400), ROUTER);
    deliver4(packetTooBig4(packet, 67), ROUTER);
    const elsewhere = Uint8Array.from(packet);
    elsewhere[19] = 1;
    deliver4(packetTooBig4(elsewhere, 1300), ROUTER);
    const otherProbe = Uint8Array.from(packet);
    otherProbe[27] = 9;
    deliver4(packetTooBig4(otherProbe, 1300), ROUTER);
    expect(await received()).toEqual([]);
    expect(channel.dropped()).toBe(4);
  });

  it('hear of our TCP connections too', async () => {
    const segment = new Uint8Array(1460);
    segment.set([OUR_PORT >> 8, OUR_PORT & 0xff, 1, 0xbb]);
    const packet = ipv4Packet(segment, {
      protocol: 6,
      hops: 64,
      source: addressBytes('127.0.0.1'),
      destination: addressBytes(TARGET),
    });
    deliver4(packetTooBig4(packet.subarray(0, 28), 1400), ROUTER);
    deliver4(packetTooBig4(packet.subarray(0, 28), 1480), ROUTER);
    packet[20] = 1;
    deliver4(packetTooBig4(packet.subarray(0, 28), 1400), ROUTER);
    expect(await received()).toEqual([
      { kind: 'packet-too-big', quoted: { localPort: OUR_PORT }, from: ROUTER, nextHopMtu: 1400 },
    ]);
    expect(channel.dropped()).toBe(2);
  });

  it('tell a limit of this host from a host that cannot be reached', async () => {
    kernel.failure = 90; // EMSGSIZE
    send(1, 9000);
    kernel.failure = 1; // EPERM
    send(2, 1400);
    expect(await received()).toEqual([
      { kind: 'local-limit', id: 1, mtu: 1500 },
      { kind: 'unreachable', id: 2, from: '127.0.0.1' },
    ]);
    kernel.failure = 0;
    deliver4(sealed(Uint8Array.from([3, 1, 0, 0, 0, 0, 0, 0, ...send(3, 100)])), ROUTER);
    expect(await received()).toEqual([{ kind: 'unreachable', id: 3, from: ROUTER }]);
  });

  it('survives any packet, and counts what it cannot use', async () => {
    const packet = send(1, 1500);
    const told = ipv4Packet(packetTooBig4(packet, 1400), {
      protocol: 1,
      hops: 64,
      source: addressBytes(ROUTER),
      destination: addressBytes('127.0.0.1'),
    });
    const packets = fc.oneof(
      fc.uint8Array({ maxLength: 100 }),
      fc.nat({ max: 55 }).map((cut) => told.subarray(0, cut)),
      fc.tuple(fc.nat({ max: told.byteLength - 1 }), fc.integer({ min: 1, max: 255 })).map(([at, flip]) => {
        const changed = Uint8Array.from(told);
        changed[at] = (changed[at] as number) ^ flip;
        return changed;
      }),
    );
    let delivered = 0;
    let events = 0;
    await fc.assert(
      fc.asyncProperty(packets, async (bytes) => {
        socket.emit('message', bytes, ROUTER);
        delivered += 1;
        events += (await received()).length;
        expect(channel.dropped() + events).toBe(delivered);
      }),
    );
  });

  it('takes an error of the package, with or without a cause, for no answer', async () => {
    socket.emit('error', undefined);
    socket.emit('error', new Error('Resource temporarily unavailable'));
    expect(await received()).toEqual([]);
    channel.close();
    channel.close();
    expect([socket.closed, kernel.closed]).toEqual([1, 1]);
    const count = kernel.sent.length;
    channel.send({ id: 1, size: 100 });
    expect(kernel.sent.length).toBe(count);
  });
});

describe('the same over IPv6', () => {
  const target6 = '2001:db8::70';
  beforeEach(() => open(target6));

  it('has no IP header of ours, and leaves its trace', async () => {
    expect(channel).toMatchObject({ traceless: false, smallestSize: 60 });
    expect(socket.options).toContainEqual([41, 23, 4]); // IPV6_MTU_DISCOVER, IPV6_PMTUDISC_INTERFACE
    expect(kernel.opened).toEqual([3, 58]); // SOCK_RAW, IPPROTO_ICMPV6
    expect(kernel.options).toContainEqual([41, 62, 1]); // IPV6_DONTFRAG
    const echo = send(1, 1500);
    expect(echo.byteLength).toBe(1460);
    const quote = ipv6Packet(echo, 58, addressBytes(target6));
    socket.emit('message', packetTooBig6(quote, 1400), '2001:db8::1');
    socket.emit('message', packetTooBig6(quote, 1279), '2001:db8::1');
    socket.emit('message', packetTooBig6(quote, 0), '2001:db8::1');
    expect(await received()).toEqual([
      { kind: 'packet-too-big', quoted: { id: 1 }, from: '2001:db8::1', nextHopMtu: 1400 },
    ]);
    socket.emit('message', Uint8Array.from(echo).fill(129, 0, 1), target6);
    expect(await received()).toEqual([{ kind: 'reply', id: 1, hopsLeft: null }]);
    expect(channel.dropped()).toBe(2);
  });
});

describe('a process that may not', () => {
  it('is told why', async () => {
    const refusalOf = async (): Promise<string> => {
      const opening = await openRawIcmpChannel(pathTo(TARGET), NO_BINDING, clock, new Set());
      return opening.kind === 'refused' ? opening.reason : '';
    };
    kernel.refusal = 1; // EPERM
    expect(await refusalOf()).toBe('raw ICMP sockets need CAP_NET_RAW');
    kernel.refusal = 97; // EAFNOSUPPORT
    expect(await refusalOf()).toBe('raw ICMP socket: EAFNOSUPPORT');
    kernel.refusal = 0;
    FakeRawSocket.refusal = 'Too many open files';
    expect(await refusalOf()).toBe('raw ICMP socket: Too many open files');
    expect(kernel.closed).toBe(1);
  });
});
