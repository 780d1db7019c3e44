import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DatagramChannel, DatagramEvent } from '../../../src/measure/channel.ts';
import { createClock } from '../../../src/net/clock.ts';
import { openPingSocketChannel } from '../../../src/net/ping-socket-channel.ts';
import type { QueuedError } from '../../../src/net/sys/error-queue.ts';
import { pathTo } from './path.ts';

const EAGAIN = 11;
const EMSGSIZE = 90;
const EHOSTUNREACH = 113;
const kernel = vi.hoisted(() => ({
  sent: [] as Uint8Array[],
  results: [] as number[],
  replies: [] as Uint8Array[],
  errors: [] as QueuedError[],
  closed: 0,
}));

vi.mock('../../../src/net/sys/error-queue.ts', () => ({ takeQueuedError: () => kernel.errors.shift() ?? null }));
vi.mock('../../../src/net/sys/socket.ts', () => ({
  openSocket: () => 999,
  closeSocket: () => {
    kernel.closed += 1;
  },
  setOption: () => undefined,
  setPathMtuDiscovery: () => undefined,
  sendTo: (_fd: number, bytes: Uint8Array) => {
    kernel.sent.push(bytes);
    return kernel.results.shift() ?? bytes.byteLength;
  },
  receive: (_fd: number, buffer: Uint8Array) => {
    const reply = kernel.replies.shift();
    if (reply === undefined) return -EAGAIN;
    buffer.set(reply);
    return reply.byteLength;
  },
}));

const clock = createClock();
const ROUTER = '192.0.2.1';
let channel: DatagramChannel;

beforeEach(() => {
  kernel.closed = 0;
  const opening = openPingSocketChannel(pathTo('192.0.2.70'), { interface: null, source: null }, clock);
  if (opening.kind === 'refused') throw new Error(opening.reason);
  channel = opening.channel;
});
afterEach(() => channel.close());

const received = (): Promise<readonly DatagramEvent[]> => channel.receive(clock.now());

function send(id: number, size: number): Uint8Array {
  channel.send({ id, size });
  return kernel.sent.at(-1) as Uint8Array;
}

function queued(payload: Uint8Array, more: Partial<QueuedError> = {}): QueuedError {
  return { errno: EMSGSIZE, origin: 'icmp', mtu: 1400, from: ROUTER, payload, ...more };
}

const local = (mtu: number): QueuedError => queued(new Uint8Array(0), { origin: 'local', from: null, mtu });

describe('echo requests through a ping socket', () => {
  it('are as long as they should be, and answered by sequence number and token', async () => {
    const echo = send(1, 1400);
    expect(echo.byteLength).toBe(1380);
    kernel.replies.push(Uint8Array.from(echo).fill(0, 0, 1));
    expect(await received()).toEqual([{ kind: 'reply', id: 1, hopsLeft: null }]);
  });

  it('hear Packet Too Big and other errors from the error queue', async () => {
    const echo = send(1, 1500);
    kernel.errors.push(queued(echo), queued(echo.subarray(0, 8), { errno: EHOSTUNREACH, mtu: 0 }));
    expect(await received()).toEqual([
      { kind: 'packet-too-big', quoted: { id: 1 }, from: ROUTER, nextHopMtu: 1400 },
      { kind: 'unreachable', id: 1, from: ROUTER },
    ]);
  });

  it('name the limit of this host', async () => {
    kernel.results.push(-EMSGSIZE);
    kernel.errors.push(local(1500));
    send(1, 9000);
    expect(await received()).toEqual([{ kind: 'local-limit', id: 1, mtu: 1500 }]);
  });

  it('are sent again when an older probe’s error came in their way', async () => {
    const older = send(1, 1500);
    const count = kernel.sent.length;
    kernel.results.push(-EMSGSIZE);
    kernel.errors.push(queued(older));
    send(2, 1400);
    expect(kernel.sent.length).toBe(count + 2);
    expect(await received()).toMatchObject([{ kind: 'packet-too-big', quoted: { id: 1 } }]);
  });

  it('are given up when this host refuses them for another reason', async () => {
    kernel.results.push(-1, -1); // EPERM
    send(1, 100);
    expect(await received()).toEqual([{ kind: 'unreachable', id: 1, from: '127.0.0.1' }]);
  });

  it('survive any quote or reply, and count what they cannot use', async () => {
    const echo = send(1, 1500);
    let [given, events] = [0, 0];
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc.nat({ max: 30 }).map((cut) => echo.subarray(0, cut)),
    );
    await fc.assert(
      fc.asyncProperty(bytes, bytes, fc.nat({ max: 70_000 }), async (reply, quote, mtu) => {
        kernel.replies.push(reply);
        kernel.errors.push(queued(quote, { mtu }));
        given += 2;
        events += (await received()).length;
        expect(events + channel.dropped()).toBe(given);
      }),
    );
  });

  it('end with the channel', async () => {
    channel.close();
    channel.close();
    expect(kernel.closed).toBe(1);
    const count = kernel.sent.length;
    channel.send({ id: 1, size: 100 });
    expect(kernel.sent.length).toBe(count);
    expect(await received()).toEqual([]);
  });
});
