/** Who takes its time, or takes all there is. */

import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { CHECK_REQUESTS_MS, KEEP_ALIVE_MS, MOST_CONNECTIONS, REQUEST_MS } from '../../src/service/http/limits.ts';
import { type Http, openHttp } from '../../src/service/http/open-http.ts';
import { MadeUpService } from './made-up-service.ts';

const LOG = { debug: () => {}, info: () => {}, warn: () => {} };
/** For what is done between two looks of Node at its connections. */
const GRACE_MS = 3000;

let http: Http;
beforeAll(async () => {
  const options = { listen: { address: '127.0.0.1', port: 0 }, token: null, log: LOG, prepare: () => undefined };
  http = await openHttp(new MadeUpService(), options, []);
});
afterAll(() => http.close());

/** A connection that says this, and how long it is borne. */
function borne(text: string, more: string | null = null): Promise<{ readonly heard: string; readonly ms: number }> {
  const start = performance.now();
  return new Promise((resolve) => {
    const socket = opened();
    let heard = '';
    const timer = setInterval(() => {
      if (more !== null && socket.writable) socket.write(more);
    }, 500);
    socket.on('connect', () => socket.write(text));
    socket.setEncoding('latin1').on('data', (part: string) => {
      heard += part;
    });
    socket.on('close', () => {
      clearInterval(timer);
      resolve({ heard, ms: performance.now() - start });
    });
  });
}

function opened(): Socket {
  // Being cut off is what is waited for: "close" follows each error.
  return connect(Number(http.address.split(':')[1]), '127.0.0.1').on('error', () => {});
}

describe.concurrent('the server is rid of', () => {
  it('headers that come one by one', async () => {
    const { heard, ms } = await borne('GET /healthz HTTP/1.1\r\nHost: localhost\r\n', 'X-More: 1\r\n');
    expect(heard).toMatch(/^(HTTP\/1\.1 4\d\d |$)/);
    expect(ms).toBeGreaterThan(REQUEST_MS - 1000);
    expect(ms).toBeLessThan(REQUEST_MS + CHECK_REQUESTS_MS + GRACE_MS);
  });

  it('connections that say nothing after a request', async () => {
    const { heard, ms } = await borne('GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n');
    expect(heard).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(ms).toBeLessThan(KEEP_ALIVE_MS + CHECK_REQUESTS_MS + GRACE_MS);
  });
});

describe('more connections than it takes', () => {
  it('are closed at once, and it answers again when they are gone', async () => {
    const sockets = Array.from({ length: MOST_CONNECTIONS }, opened);
    onTestFinished(() => {
      for (const socket of sockets) socket.destroy();
    });
    await Promise.all(sockets.map((socket) => new Promise((resolve) => socket.on('connect', resolve))));
    const { heard, ms } = await borne('GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n');
    expect(heard).toBe('');
    expect(ms).toBeLessThan(1000);
    for (const socket of sockets) socket.destroy();
    const last = 'GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n';
    await vi.waitFor(async () => expect((await borne(last)).heard).toMatch(/^HTTP\/1\.1 200 OK\r\n/));
  });
});
