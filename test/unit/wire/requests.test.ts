import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { createSecureContext, type SecureContext, TLSSocket } from 'node:tls';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CERTIFICATES } from '../../../src/lab/certificates.ts';
import { clientHello, HELLO_RANDOM_SIZE, partialClientHello } from '../../../src/wire/client-hello.ts';
import { httpRequest } from '../../../src/wire/http.ts';
import { partialRequest } from '../../../src/wire/partial-request.ts';

const random = Uint8Array.from({ length: HELLO_RANDOM_SIZE }, (_, at) => at);

describe('HTTP requests', () => {
  it('ask for the first bytes of the path and no more', () => {
    const wanted = { host: 'example.org:81', path: '/a?b', replyBytes: 3000 };
    const request = Buffer.from(httpRequest({ ...wanted, close: true })).toString();
    const open = Buffer.from(httpRequest({ ...wanted, close: false })).toString();
    expect(open).toBe(request.replace('Connection: close\r\n', ''));
    expect(request.split('\r\n')).toEqual([
      'GET /a?b HTTP/1.1',
      'Host: example.org:81',
      'User-Agent: mtu-probe',
      'Accept: */*',
      'Accept-Encoding: identity',
      'Range: bytes=0-2999',
      'Connection: close',
      '',
      '',
    ]);
  });
});

describe('requests that never end', () => {
  it.each([
    { tls: true, greeted: false },
    { tls: true, greeted: true },
    { tls: false, greeted: false },
  ])('are the same however they are cut (%o)', (kind) => {
    const request = { ...kind, host: 'example.org', random };
    const whole = partialRequest(request, 0, 60_000);
    fc.assert(
      fc.property(fc.nat({ max: 40_000 }), fc.nat({ max: 9000 }), (from, length) => {
        expect(Buffer.compare(partialRequest(request, from, length), whole.subarray(from, from + length))).toBe(0);
      }),
      { numRuns: 30 },
    );
  });

  it('go on with records of application data behind a handshake', () => {
    const bytes = partialRequest({ tls: true, greeted: true, host: 'h', random }, 0, 20_000);
    expect([...bytes.subarray(0, 6)]).toEqual([23, 3, 3, 0x40, 0, 0]);
    expect([...bytes.subarray(16384 + 5, 16384 + 10)]).toEqual([23, 3, 3, 0x40, 0]);
  });

  it('keep HTTP lines below what servers refuse, and never send the empty one', () => {
    const text = Buffer.from(partialRequest({ tls: false, greeted: false, host: 'h', random }, 0, 60_000)).toString();
    expect(text.startsWith('GET / HTTP/1.1\r\nHost: h\r\n')).toBe(true);
    expect(Math.max(...text.split('\r\n').map((line) => line.length))).toBeLessThan(8000);
    expect(text).not.toContain('\r\n\r\n');
  });

  it('announce a TLS record as long as records may be, and a handshake message over several of them', () => {
    const bytes = partialClientHello(random, 0, 20_000);
    expect([...bytes.subarray(0, 9)]).toEqual([22, 3, 1, 0x40, 0, 1, 0, 0xff, 0xfb]);
    expect([...bytes.subarray(16_389, 16_394)]).toEqual([22, 3, 1, 0x40, 0]);
  });

  it('leave a TLS server waiting', async () => {
    const { answer } = await askTlsServer(partialClientHello(random, 0, 5000));
    expect(answer).toHaveLength(0);
  });
});

describe('the ClientHello', () => {
  it.each([
    ['TLS 1.3 with X25519', { minVersion: 'TLSv1.3', ecdhCurve: 'X25519' }],
    ['TLS 1.3 with P-256', { minVersion: 'TLSv1.3', ecdhCurve: 'prime256v1' }],
    ['TLS 1.2', { maxVersion: 'TLSv1.2' }],
  ] as const)('makes a server send its certificate at once: %s', async (_, limits) => {
    const { key, chain } = CERTIFICATES.rsa;
    const context = createSecureContext({ key, cert: chain, ...limits });
    const { answer } = await askTlsServer(clientHello({ serverName: 'example.org', random }), context);
    expect([...answer.subarray(0, 3)]).toEqual([22, 3, 3]);
    expect(answer.byteLength).toBeGreaterThan(2 * 1460);
  });

  it('names the server only when there is a name', () => {
    const named = Buffer.from(clientHello({ serverName: 'example.org', random }));
    expect(named.includes('example.org')).toBe(true);
    expect(named.byteLength - clientHello({ serverName: null, random }).byteLength).toBe(20);
    expect(named.includes('http/1.1')).toBe(true);
  });
});

/** Sends bytes to OpenSSL, and waits for what it says. */
async function askTlsServer(
  bytes: Uint8Array,
  secureContext: SecureContext = createSecureContext({}),
): Promise<{ answer: Buffer }> {
  const server = createServer((socket) => {
    new TLSSocket(socket, { isServer: true, secureContext }).on('error', () => socket.destroy());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = connect((server.address() as { port: number }).port, '127.0.0.1');
  const chunks: Buffer[] = [];
  client.on('data', (chunk: Buffer) => chunks.push(chunk));
  await once(client, 'connect');
  client.write(bytes);
  const quiet = new Promise((resolve) => setTimeout(resolve, 200));
  await Promise.race([once(client, 'close'), quiet]);
  client.destroy();
  server.close();
  return { answer: Buffer.concat(chunks) };
}
