/** Requests that want something else than an answer. */

import { connect } from 'node:net';
import fc from 'fast-check';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Http, openHttp } from '../../../../src/service/http/open-http.ts';
import { MadeUpService } from '../../../service/made-up-service.ts';
import { ASSETS, Heard, open } from './opened.ts';

const ROUTES = [
  '/',
  '/healthz',
  '/readyz',
  '/metrics',
  '/api/v1/paths',
  '/api/v1/paths/0123456789abcdef',
  '/api/v1/events',
  '/api/v1/mesh',
  '/probe?target=rubygems.org',
];

const view = new MadeUpService();
let app: FastifyInstance;
beforeAll(async () => {
  ({ app } = await open(view));
});
afterAll(() => app.close());

describe('methods', () => {
  const methods = ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND'] as const;
  it.each(methods.flatMap((method) => ROUTES.map((url) => ({ method, url }))))(
    '$method $url',
    async ({ method, url }) => {
      const answer = await app.inject({ method: method as 'POST', url });
      expect([answer.statusCode, answer.headers.allow, answer.json().error]).toEqual([
        405,
        'GET, HEAD',
        'wrong-method',
      ]);
      expect(view.probed).toEqual([]);
    },
  );

  it('HEAD has the headers of GET and no body, and opens no stream', async () => {
    for (const url of ['/', '/healthz', '/metrics', '/api/v1/paths']) {
      const answer = await app.inject({ method: 'HEAD', url });
      expect([answer.statusCode, answer.body]).toEqual([200, '']);
      expect(Number(answer.headers['content-length'])).toBeGreaterThan(0);
    }
    expect((await app.inject({ method: 'HEAD', url: '/api/v1/events' })).statusCode).toBe(405);
    expect(view.listeners).toBe(0);
  });
});

describe('headers of every answer', () => {
  it.each([...ROUTES.filter((url) => url !== '/api/v1/events'), '/nowhere'])('%s', async (url) => {
    const { headers } = await app.inject(url);
    expect(headers).toMatchObject({
      'content-security-policy':
        "default-src 'none';script-src 'self';style-src 'self';img-src 'self' data:;connect-src 'self';" +
        "base-uri 'none';form-action 'none';frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': url === '/' ? 'no-cache' : 'no-store',
    });
    expect(headers['access-control-allow-origin']).toBeUndefined();
    expect(headers['x-powered-by'] ?? headers.server).toBeUndefined();
  });

  it('an address that cannot be decoded', async () => {
    const answer = await app.inject('/api/v1/paths/%ff');
    expect([answer.statusCode, answer.json().error]).toEqual([400, 'bad-request']);
    expect(answer.headers).toMatchObject({
      'content-security-policy': "default-src 'none'",
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
  });
});

describe('nothing of a question comes back', () => {
  const MARK = 'xyzzy';
  const wild = fc
    .array(
      fc.oneof(
        fc.constantFrom('<', '>', '"', "'", '%', '\\', '/', '?', '&', '#', '\u202e', 'é'),
        fc.string({ unit: 'grapheme' }),
      ),
    )
    .map((parts) => MARK + parts.join(''));

  it('whatever it is and wherever it stands', async () => {
    let asked = 0;
    const places = (text: string) => {
      const encoded = encodeURIComponent(text);
      const raw = text.replace(/[^\x21-\x7e]/g, '');
      return [
        { url: `/probe?target=${encoded}` },
        { url: `/probe?target=rubygems.org&${encoded}=1` },
        { url: `/api/v1/paths/${encoded}` },
        { url: `/api/v1/paths/${encoded}/history` },
        { url: `/api/v1/events?path=${encoded}`, headers: { accept: 'application/json' } },
        { url: `/${encoded}` },
        { url: `/%${encoded}` },
        { url: '/api/v1/events', headers: { 'last-event-id': raw, accept: 'application/json' } },
        { url: '/probe?target=rubygems.org', headers: { 'x-prometheus-scrape-timeout-seconds': raw } },
        { url: '/healthz', headers: { 'x-request-id': raw, origin: raw, referer: raw } },
      ];
    };
    await fc.assert(
      fc.asyncProperty(wild, async (text) => {
        for (const place of places(text)) {
          asked += 1;
          const remoteAddress = `192.0.2.${asked % 250}`;
          const { body, headers, statusCode } = await app.inject({ ...place, remoteAddress });
          expect(statusCode).not.toBe(429);
          expect(statusCode).toBeLessThan(500);
          expect(body + JSON.stringify(headers)).not.toContain(MARK);
        }
      }),
      { numRuns: 25 },
    );
  });
});

/** What comes back for these bytes until the server ends the connection. */
function spoken(http: Http, bytes: string): Promise<string> {
  const [, host = '', port = ''] = /^(.*):(\d+)$/.exec(http.address) ?? [];
  return new Promise((resolve, reject) => {
    let heard = '';
    const socket = connect(Number(port), host, () => socket.write(bytes, 'latin1'));
    socket.setEncoding('latin1').on('data', (text: string) => {
      heard += text;
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      // It need not read what it does not want.
      if (error.code !== 'ECONNRESET' && error.code !== 'EPIPE') reject(error);
    });
    socket.on('close', () => resolve(heard));
  });
}

const LAST = 'GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n';

describe('bytes that are no request', () => {
  let http: Http;
  beforeAll(async () => {
    const options = {
      listen: { address: '127.0.0.1', port: 0 },
      token: null,
      log: new Heard(),
      prepare: () => undefined,
    };
    http = await openHttp(new MadeUpService(), options, ASSETS);
  });
  afterAll(() => http.close());

  it.each([
    { name: 'garbage', bytes: 'xyzzy\u0000\u00ff\r\n\r\n', first: /^HTTP\/1\.1 400 Bad Request\r\n/ },
    { name: 'another protocol', bytes: '\u0016\u0003\u0001\u0002\u0000\u0001', first: /^HTTP\/1\.1 400 / },
    {
      name: 'headers that are too large',
      bytes: `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'xyzzy'.repeat(4000)}\r\n\r\n`,
      first: /^HTTP\/1\.1 431 /,
    },
    {
      name: 'an address that is too long',
      bytes: `GET /${'xyzzy'.repeat(4000)} HTTP/1.1\r\nHost: localhost\r\n\r\n`,
      first: /^HTTP\/1\.1 431 /,
    },
    {
      name: 'two lengths',
      bytes: 'GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\nxyzzy',
      first: /^HTTP\/1\.1 400 /,
    },
    { name: 'no host', bytes: 'GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n', first: /^HTTP\/1\.1 (400|403) / },
    {
      name: 'a body',
      bytes: `POST /probe HTTP/1.1\r\nHost: localhost\r\nContent-Length: 20000\r\n\r\n${'xyzzy'.repeat(4000)}`,
      first: /^HTTP\/1\.1 405 /,
    },
    {
      name: 'a request for a tunnel',
      bytes: 'CONNECT xyzzy:443 HTTP/1.1\r\nHost: xyzzy:443\r\n\r\n',
      first: /^(HTTP\/1\.1 [45]\d\d |$)/,
    },
    {
      name: 'garbage behind a request',
      bytes: `${LAST.replace('Connection: close\r\n', '')}xyzzy xyzzy\r\n\r\n`,
      first: /HTTP\/1\.1 400 Bad Request\r\n/,
    },
  ])('$name', async ({ bytes, first }) => {
    const answer = await spoken(http, bytes);
    expect(answer).toMatch(first);
    expect(answer).not.toContain('xyzzy');
    expect(await spoken(http, LAST)).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  });
});
