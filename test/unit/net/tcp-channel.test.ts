import { once } from 'node:events';
import { readdirSync, readlinkSync } from 'node:fs';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import { CERTIFICATES } from '../../../src/lab/certificates.ts';
import type { TcpChannel, TcpState } from '../../../src/measure/channel.ts';
import { createClock } from '../../../src/net/clock.ts';
import { responderRequests } from '../../../src/net/responder-requests.ts';
import { createTcpChannel } from '../../../src/net/tcp-channel.ts';
import { pathTo } from './path.ts';

const clock = createClock();
const NO_BINDING = { interface: null, source: null };
const NO_RESPONDER = responderRequests(null);
const BODY = 'x'.repeat(3000);
const ended: (() => void)[] = [];

afterEach(() => {
  for (const end of ended.splice(0)) end();
});

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  ended.push(() => server.close());
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

function serve(onSocket: (socket: Socket) => void): Promise<number> {
  return listen(createServer((socket) => onSocket(socket.on('error', () => socket.destroy()))));
}

function open(port: number, mss: number | null = null, ports: number[] = []): TcpChannel {
  const channel = createTcpChannel(pathTo('127.0.0.1'), NO_BINDING, clock, (local) => ports.push(local), NO_RESPONDER);
  ended.push(() => channel.close());
  channel.send({ kind: 'open', id: 1, port, mss, localPort: null });
  return channel;
}

/** Reads states until one is as wanted. */
async function until(channel: TcpChannel, wanted: (state: TcpState) => boolean): Promise<TcpState> {
  const deadline = clock.now() + 5000;
  while (clock.now() < deadline) {
    for (const state of await channel.receive(deadline)) if (wanted(state)) return state;
  }
  throw new Error('the state that was waited for never came');
}

const established = ({ phase }: TcpState): boolean => phase === 'established';
const closed = ({ phase }: TcpState): boolean => phase === 'closed';

function sockets(): number {
  return readdirSync('/proc/self/fd').filter((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`).startsWith('socket:');
    } catch {
      return false; // the descriptor of this very listing
    }
  }).length;
}

describe('the TCP channel', () => {
  it('leaves from the port that it is told, or not at all', async () => {
    const port = await serve((socket) => socket.resume());
    const channel = open(port);
    const { localPort } = await until(channel, established);
    channel.send({ kind: 'open', id: 2, port, mss: null, localPort });
    const second = ({ id, phase }: TcpState): boolean => id === 2 && phase !== 'connecting';
    expect(await until(channel, second)).toMatchObject({ phase: 'closed', failure: 'other', errno: 'EADDRINUSE' });
    channel.send({ kind: 'close', id: 1, abort: true });
    channel.send({ kind: 'open', id: 3, port, mss: null, localPort });
    const third = ({ id, phase }: TcpState): boolean => id === 3 && phase === 'established';
    expect(await until(channel, third)).toMatchObject({ localPort });
  });

  it('advertises the MSS, tells its port, and sees the reply fill it', async () => {
    const port = await serve((socket) => socket.once('data', () => socket.end(BODY)));
    const ports: number[] = [];
    const channel = open(port, 1000, ports);
    const state = await until(channel, established);
    expect(state.localPort).toBe(ports[0]);
    expect(state.info?.advMss).toBe(988); // less the 12 bytes of timestamps
    channel.send({ kind: 'request', id: 1, exchange: 'http-get', replyBytes: 3000, keepOpen: false });
    const last = await until(channel, closed);
    expect(last).toMatchObject({ failure: null, errno: null });
    expect(last.info?.bytesReceived).toBeGreaterThanOrEqual(3000);
    expect(last.info?.rcvMss).toBe(988);
    expect(channel.cost().packets).toBeGreaterThan(2);
  });

  it('sends the bytes of one write, and counts them', async () => {
    const chunks: Buffer[] = [];
    const port = await serve((socket) => socket.on('data', (chunk: Buffer) => chunks.push(chunk)));
    const channel = open(port);
    await until(channel, established);
    channel.send({ kind: 'write', id: 1, bytes: 500, tls: true });
    channel.send({ kind: 'write', id: 1, bytes: 64, tls: true });
    const { info } = await until(channel, (state) => (state.info?.bytesAcked ?? 0) >= 564);
    expect(info?.unackedSegments).toBe(0);
    await expect.poll(() => Buffer.concat(chunks).byteLength).toBe(564);
    expect([...Buffer.concat(chunks).subarray(0, 6)]).toEqual([22, 3, 1, 0x40, 0, 1]);
    const before = channel.cost();
    expect(before.bytes).toBeGreaterThan(564);
    channel.send({ kind: 'close', id: 1, abort: false });
    channel.send({ kind: 'close', id: 1, abort: false });
    expect(channel.cost().bytes).toBeGreaterThanOrEqual(before.bytes);
  });

  it('finishes TLS for a page, keeps what it learnt, and gives the descriptors back', async () => {
    const { key, chain } = CERTIFICATES.rsa;
    const answer = `HTTP/1.1 200 OK\r\ncontent-length: ${BODY.length}\r\n\r\n${BODY}`;
    const asked: string[] = [];
    const onSecure = (socket: Socket): void => {
      socket.on('error', () => socket.destroy());
      socket.once('data', (data: Buffer) => {
        asked.push(data.toString());
        socket.end(answer);
      });
    };
    const port = await listen(createTlsServer({ key, cert: chain, ALPNProtocols: ['http/1.1'] }, onSecure));
    const before = sockets();
    const channel = open(port, 1000);
    await until(channel, established);
    channel.send({ kind: 'request', id: 1, exchange: 'https-get-root', replyBytes: 3000, keepOpen: false });
    const last = await until(channel, closed);
    expect(last.info?.bytesReceived).toBeGreaterThan(6000);
    expect(last.info?.rcvMss).toBe(988);
    expect(asked[0]).toMatch(new RegExp(`^GET / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n`));
    channel.close();
    await clock.sleep(50);
    expect(sockets()).toBeLessThanOrEqual(before);
  });

  it('closes every descriptor, whatever was under way', async () => {
    const port = await serve(() => undefined);
    const before = sockets();
    const channel = open(port);
    await until(channel, established);
    channel.send({ kind: 'request', id: 1, exchange: 'https-get-root', replyBytes: 3000, keepOpen: false });
    for (let id = 2; id < 10; id += 1) channel.send({ kind: 'open', id, port, mss: null, localPort: null });
    channel.close();
    await clock.sleep(50);
    expect(sockets()).toBeLessThanOrEqual(before + 9); // the server's ends of them, until it notices
    expect(await channel.receive(clock.now())).toEqual([]);
  });

  it('says refused for a closed port', async () => {
    const server = createServer();
    const port = await listen(server);
    await new Promise((resolve) => server.close(resolve));
    const channel = open(port);
    expect(await until(channel, closed)).toMatchObject({ failure: 'refused', errno: null, info: null });
    channel.send({ kind: 'write', id: 1, bytes: 10, tls: true });
    channel.send({ kind: 'request', id: 1, exchange: 'client-hello', replyBytes: 10, keepOpen: false });
    expect(await channel.receive(clock.now() + 5)).toEqual([]);
  });

  it('says reset, and keeps the last word before it', async () => {
    const port = await serve((socket) => {
      socket.write('abc');
      setTimeout(() => socket.resetAndDestroy(), 20);
    });
    const last = await until(open(port), closed);
    expect(last).toMatchObject({ failure: 'reset' });
    expect(last.info).toMatchObject({ bytesReceived: 3, state: 7 });
  });

  it('says no-route at once where nothing can leave', async () => {
    const channel = createTcpChannel(pathTo('255.255.255.255'), NO_BINDING, clock, () => undefined, NO_RESPONDER);
    channel.send({ kind: 'open', id: 1, port: 80, mss: null, localPort: null });
    expect(await channel.receive(clock.now())).toMatchObject([{ phase: 'closed', failure: 'no-route' }]);
    channel.close();
  });
});
