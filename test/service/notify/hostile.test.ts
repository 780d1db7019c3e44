import { once } from 'node:events';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, createServer } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { CERTIFICATES } from '../../../src/lab/certificates.ts';
import { openNotifier } from '../../../src/service/notify/notifier.ts';
import { change, heard, MadeUpHistory, ManualClock } from '../../unit/service/notify/made-up.ts';
import { notifying, receiver, soon } from './loopback.ts';

/** One event for a receiver; waits of any length last until the notifier is closed. */
function toldOnce(url: string, timeoutMs?: number) {
  const history = new MadeUpHistory();
  const { notifier, lines } = notifying(
    [url],
    history,
    timeoutMs === undefined ? { patienceMs: 0 } : { patienceMs: 0, timeoutMs },
  );
  history.add(change());
  notifier.wake();
  return { notifier, lines };
}

describe('a receiver that', () => {
  it('redirects is not followed', async () => {
    const elsewhere = await receiver();
    const hook = await receiver((response) => response.writeHead(307, { location: elsewhere.url }).end());
    const { notifier, lines } = toldOnce(hook.url);
    await soon(() => expect(notifier.counters()).toMatchObject({ failed: 1, pending: 1 }));
    expect(lines[0]).toMatch(/status 307, which is not followed$/);
    expect(elsewhere.deliveries).toHaveLength(0);
  });

  it('never ends its answer has taken the event, and is cut off', async () => {
    let closed = false;
    let written = 0;
    const hook = await receiver((response) => {
      response.on('close', () => {
        closed = true;
      });
      const more = (): void => {
        while (!closed && response.write(Buffer.alloc(65_536))) written += 65_536;
      };
      response.on('drain', more);
      more();
    });
    const { notifier } = toldOnce(hook.url);
    await soon(() => expect(notifier.counters().delivered).toBe(1));
    await soon(() => expect(closed).toBe(true));
    // What the kernels at both ends hold; without the cut it would go on.
    expect(written).toBeLessThan(64 * 1024 * 1024);
  });

  it('trickles its answer is cut off when its time is over', async () => {
    let closed = false;
    const hook = await receiver((response) => {
      const timer = setInterval(() => response.write('.'), 10);
      response.on('close', () => {
        clearInterval(timer);
        closed = true;
      });
    });
    const { notifier } = toldOnce(hook.url, 400);
    await soon(() => expect(notifier.counters().delivered).toBe(1));
    await soon(() => expect(closed).toBe(true));
  });

  it('does not answer has failed when its time is over', async () => {
    const hook = await receiver(() => undefined);
    const { notifier, lines } = toldOnce(hook.url, 400);
    await soon(() => expect(notifier.counters()).toMatchObject({ failed: 1, pending: 1 }));
    expect(lines[0]).toMatch(/no answer within 0\.4 s$/);
  });

  it('is not there has failed', async () => {
    const { notifier, lines } = toldOnce(`http://127.0.0.1:${await freePort()}/`);
    await soon(() => expect(notifier.counters()).toMatchObject({ failed: 1, pending: 1 }));
    expect(lines[0]).toMatch(/ECONNREFUSED$/);
  });

  it('speaks something else has failed', async () => {
    const server = createServer((socket) => socket.end('220 mail.example ESMTP\r\n'));
    const { notifier, lines } = toldOnce(await listening(server));
    await soon(() => expect(notifier.counters()).toMatchObject({ failed: 1, pending: 1 }));
    expect(lines[0]).toMatch(/HPE_\w+$/);
  });

  it('asks for another protocol has failed', async () => {
    const switching = 'HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: other\r\n\r\n';
    const server = createServer((socket) => {
      // It is hung up on.
      socket.on('error', () => socket.destroy());
      socket.once('data', () => socket.write(switching));
    });
    const { notifier } = toldOnce(await listening(server));
    await soon(() => expect(notifier.counters()).toMatchObject({ failed: 1, pending: 1 }));
  });

  it('hangs up has failed', async () => {
    const server = createServer((socket) => socket.once('data', () => socket.destroy()));
    const { notifier } = toldOnce(await listening(server));
    await soon(() => expect(notifier.counters()).toMatchObject({ failed: 1, pending: 1 }));
  });

  it('shows a certificate that nobody vouches for is told nothing', async () => {
    let asked = 0;
    const { key, chain } = CERTIFICATES.ecdsa;
    const server = createTlsServer({ key, cert: chain }, (_, response) => {
      asked += 1;
      response.end();
    });
    const { notifier, lines } = toldOnce((await listening(server)).replace('http:', 'https:'));
    await soon(() => expect(notifier.counters()).toMatchObject({ failed: 1, pending: 1 }));
    expect(lines[0]).toMatch(/(UNABLE_TO_\w+|SELF_SIGNED\w+)$/);
    expect(asked).toBe(0);
  });
});

describe('closing', () => {
  it('tries what is pending once, and returns', async () => {
    const history = new MadeUpHistory();
    const hook = await receiver((response, index) => response.writeHead(index < 1 ? 503 : 200).end());
    const { notifier } = notifying([hook.url], history, { patienceMs: 0 });
    history.add(change(), change());
    notifier.wake();
    await soon(() => expect(notifier.counters().failed).toBe(1));
    await notifier.close(60_000);
    expect(hook.ids()).toEqual([1, 1, 2]);
    expect(notifier.counters()).toEqual({ delivered: 2, failed: 1, givenUp: 0, pending: 0 });
  });

  it('lets nothing overtake what fails once more', async () => {
    const history = new MadeUpHistory();
    const hook = await receiver((response) => response.writeHead(503).end());
    const { notifier } = notifying([hook.url], history, { patienceMs: 0 });
    history.add(change(), change());
    notifier.wake();
    await soon(() => expect(notifier.counters().failed).toBe(1));
    await notifier.close(60_000);
    expect(hook.ids()).toEqual([1, 1]);
    expect(notifier.counters().pending).toBe(2);
  });

  it('waits for no receiver longer than it may, and asks nothing of the history afterwards', async () => {
    const history = new MadeUpHistory();
    const hook = await receiver(() => undefined);
    const { log } = heard();
    const clock = new ManualClock();
    // The grace is over at once; the time of a try is far away.
    clock.patienceMs = 1000;
    const webhooks = [{ url: hook.url, secret: null }];
    const around = { history, clock, random: () => 0, log, version: '1.2.3', host: 'build-7' };
    const notifier = openNotifier({ ...around, webhooks, timeoutMs: 3_600_000 });
    history.add(change());
    notifier.wake();
    await soon(() => expect(hook.deliveries).toHaveLength(1));
    await notifier.close(500);
    expect(hook.deliveries[0]?.headers).not.toHaveProperty('x-mtu-probe-signature');
    history.broken = new Error('the history is closed');
    notifier.wake();
    await notifier.close(500);
    expect(hook.deliveries).toHaveLength(1);
  });

  it('is quick when nobody is to be told anything', async () => {
    // The grace would never be over.
    const { notifier } = notifying([(await receiver()).url], new MadeUpHistory(), { patienceMs: 0 });
    await expect(notifier.close(60_000)).resolves.toBeUndefined();
  });
});

it('no address is told twice of everything', async () => {
  const { url } = await receiver();
  expect(() => notifying([url, url], new MadeUpHistory())).toThrow(/^two webhooks have the same address at 127/);
});

async function listening(server: ReturnType<typeof createServer>): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

/** Nobody listens there: it was just given back. */
async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
