import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DatagramChannel, DatagramEvent } from '../../../src/measure/channel.ts';
import { createClock } from '../../../src/net/clock.ts';
import type { QueuedError } from '../../../src/net/sys/error-queue.ts';
import { openUdpServiceChannel } from '../../../src/net/udp-service-channel.ts';
import { pathTo } from './path.ts';

const EPERM = 1;
const EAGAIN = 11;
const EMSGSIZE = 90;
const ECONNREFUSED = 111;
const kernel = vi.hoisted(() => ({
  raw: true,
  /** Whole payloads of UDP, however they left. */
  sent: [] as Uint8Array[],
  results: [] as number[],
  answers: [] as Uint8Array[],
  errors: [] as QueuedError[],
  discovery: [] as number[],
  open: 0,
}));
const IP_AND_UDP = 28;

vi.mock('../../../src/net/sys/error-queue.ts', () => ({ takeQueuedError: () => kernel.errors.shift() ?? null }));
vi.mock('../../../src/net/sys/socket.ts', () => {
  const take = (payload: Uint8Array): number => {
    kernel.sent.push(payload);
    return kernel.results.shift() ?? payload.byteLength;
  };
  return {
    openSocket: (_family: number, type: number) => {
      if (type === 3 && !kernel.raw) return -EPERM;
      kernel.open += 1;
      return 990 + kernel.open;
    },
    closeSocket: () => {
      kernel.open -= 1;
    },
    connect: () => 0,
    localEndpoint: () => ({ address: '127.0.0.1', port: 50_000 }),
    setOption: () => undefined,
    setPathMtuDiscovery: (_fd: number, _family: number, mode: number) => kernel.discovery.push(mode),
    send: (_fd: number, payload: Uint8Array) => take(payload),
    sendTo: (_fd: number, packet: Uint8Array) => take(packet.subarray(IP_AND_UDP)),
    receive: (_fd: number, buffer: Uint8Array) => {
      const answer = kernel.answers.shift();
      if (answer === undefined) return -EAGAIN;
      buffer.set(answer);
      return answer.byteLength;
    },
  };
});

const clock = createClock();
const ROUTER = '192.0.2.1';
let channel: DatagramChannel;

function open(address: string, port: number): DatagramChannel {
  const path = pathTo(address, { ports: [port] });
  const opening = openUdpServiceChannel(path, { interface: null, source: null }, clock);
  if (opening.kind === 'refused') throw new Error(opening.reason);
  channel = opening.channel;
  return channel;
}

beforeEach(() => {
  Object.assign(kernel, { raw: true, sent: [], results: [], answers: [], errors: [], discovery: [] });
});
afterEach(() => {
  channel.close();
  channel.close();
  expect(kernel.open).toBe(0);
});

const received = (): Promise<readonly DatagramEvent[]> => channel.receive(clock.now());

function ask(id: number, size: number): Uint8Array {
  channel.send({ id, size });
  return kernel.sent.at(-1) as Uint8Array;
}

function versionsFor(greeting: Uint8Array): Uint8Array {
  return Uint8Array.of(0x80, 0, 0, 0, 0, 8, ...greeting.subarray(15, 23), 8, ...greeting.subarray(6, 14), 0, 0, 0, 1);
}

function queued(payload: Uint8Array, more: Partial<QueuedError> = {}): QueuedError {
  return { errno: EMSGSIZE, origin: 'icmp', mtu: 1400, from: ROUTER, payload, ...more };
}

describe.each([true, false])('questions to a QUIC server, raw sockets: %s', (raw) => {
  beforeEach(() => {
    kernel.raw = raw;
    open('192.0.2.70', 443);
  });

  it('leave a trace only where they must', () => {
    expect(channel).toMatchObject({ method: 'udp-quic', traceless: raw, smallestSize: 1228 });
    expect(kernel.discovery.at(-1)).toBe(raw ? 4 : 3); // IP_PMTUDISC_INTERFACE, IP_PMTUDISC_PROBE
  });

  it('are as large as asked, and answered', async () => {
    const [first, second] = [ask(1, 1500), ask(2, 1300)];
    expect([first.byteLength, second.byteLength]).toEqual([1472, 1272]);
    kernel.answers.push(versionsFor(second));
    expect(await received()).toEqual([{ kind: 'reply', id: 2, hopsLeft: null }]);
  });

  it('hear who could not pass them on', async () => {
    kernel.errors.push(queued(ask(1, 1500)));
    expect(await received()).toEqual([{ kind: 'packet-too-big', quoted: { id: 1 }, from: ROUTER, nextHopMtu: 1400 }]);
    kernel.errors.push(queued(ask(2, 1300), { errno: ECONNREFUSED, from: '192.0.2.70' }));
    expect(await received()).toEqual([{ kind: 'unreachable', id: 2, from: '192.0.2.70' }]);
  });

  it('believe nobody who did not see them', async () => {
    const greeting = ask(1, 1400);
    const foreign = Uint8Array.from(greeting, (byte, at) => (at < 6 ? byte : byte ^ 0xff));
    kernel.answers.push(versionsFor(foreign), greeting, Uint8Array.of(0x80));
    kernel.errors.push(queued(foreign), queued(greeting, { mtu: 1400 }), queued(greeting.subarray(0, 8)));
    expect(await received()).toEqual([]);
    expect(channel.dropped()).toBe(6);
  });

  it('say what this host refuses', async () => {
    kernel.results.push(-EMSGSIZE, -EMSGSIZE);
    ask(1, 1501);
    kernel.results.push(-EPERM, -EPERM);
    ask(2, 1400);
    expect(await received()).toEqual([
      { kind: 'local-limit', id: 1, mtu: 1500 },
      { kind: 'unreachable', id: 2, from: '127.0.0.1' },
    ]);
  });
});

describe('questions to a DNS server', () => {
  it('are told apart by their number', async () => {
    open('192.0.2.70', 53);
    expect(channel).toMatchObject({ method: 'udp-dns', smallestSize: 28 + 32 });
    const [first, second] = [ask(1, 1500), ask(2, 600)];
    expect(first.byteLength).toBe(1472);
    kernel.answers.push(Uint8Array.of(...second.subarray(0, 2), 0x81, 5, 0, 0, 0, 0, 0, 0, 0, 0));
    kernel.errors.push(queued(first));
    expect(await received()).toEqual([
      { kind: 'packet-too-big', quoted: { id: 1 }, from: ROUTER, nextHopMtu: 1400 },
      { kind: 'reply', id: 2, hopsLeft: null },
    ]);
  });
});

it('questions over IPv6 always leave a trace', () => {
  open('2001:db8::70', 443);
  expect(channel).toMatchObject({ traceless: false, smallestSize: 1248 });
  expect(kernel.discovery).toEqual([3]);
});
