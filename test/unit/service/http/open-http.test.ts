/** The server with its sockets. */

import { get, type IncomingMessage } from 'node:http';
import { createServer } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { UsageError } from '../../../../src/errors.ts';
import { assetOf } from '../../../../src/service/http/assets.ts';
import { type Http, openHttp } from '../../../../src/service/http/open-http.ts';
import { change, HOLE_PATH } from '../../../service/made-up-paths.ts';
import { MadeUpService } from '../../../service/made-up-service.ts';
import { ASSETS, Heard } from './opened.ts';

function options(port = 0, address = '127.0.0.1') {
  return { listen: { address, port }, token: null, log: new Heard(), prepare: () => undefined };
}

async function listening(view = new MadeUpService()): Promise<Http> {
  const http = await openHttp(view, options(), ASSETS);
  onTestFinished(() => http.close());
  return http;
}

function streamed(
  { address }: Http,
  headers: Readonly<Record<string, string>> = {},
): Promise<{ readonly answer: IncomingMessage; readonly heard: () => string; readonly ended: Promise<void> }> {
  return new Promise((resolve, reject) => {
    get(`http://${address}/api/v1/events`, { headers }, (answer) => {
      let heard = '';
      answer.setEncoding('utf8').on('data', (text: string) => {
        heard += text;
      });
      const ended = new Promise<void>((over) => {
        answer.on('close', over).on('error', () => over());
      });
      resolve({ answer, heard: () => heard, ended });
    }).on('error', reject);
  });
}

describe('the event stream of the server', () => {
  it('goes on after Last-Event-ID', async () => {
    const view = new MadeUpService();
    for (let index = 0; index < 3; index += 1) view.happen(change(HOLE_PATH, `change ${index}`));
    const http = await listening(view);
    const { answer, heard } = await streamed(http, { 'last-event-id': '1' });
    expect(answer.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
    });
    await vi.waitFor(() => expect(heard()).toContain('change 2'));
    view.happen(change(HOLE_PATH, 'change 3'));
    await vi.waitFor(() => expect(heard()).toContain('change 3'));
    expect([...heard().matchAll(/^id: (\d+)$/gm)].map(([, id]) => id)).toEqual(['2', '3', '4']);
    answer.destroy();
    await vi.waitFor(() => expect(view.listeners).toBe(0));
  });

  it('ends with the server, at once', async () => {
    const view = new MadeUpService();
    const http = await listening(view);
    const { ended } = await streamed(http);
    const start = performance.now();
    await http.close();
    await ended;
    expect(performance.now() - start).toBeLessThan(1000);
    expect(view.listeners).toBe(0);
  });

  it('is for so many readers, and for more when one goes', async () => {
    const http = await listening();
    const first = await streamed(http);
    const others = await Promise.all(Array.from({ length: 7 }, () => streamed(http)));
    expect([first, ...others].map(({ answer }) => answer.statusCode)).toEqual(Array.from({ length: 8 }, () => 200));
    const refused = await streamed(http);
    expect([refused.answer.statusCode, refused.answer.headers['retry-after']]).toEqual([503, '30']);
    first.answer.destroy();
    await vi.waitFor(async () => {
      const { answer } = await streamed(http);
      expect(answer.statusCode).toBe(200);
    });
  });
});

describe('opening', () => {
  it('says where it listens, IPv6 in brackets', async () => {
    const http = await openHttp(new MadeUpService(), options(0, '::1'), ASSETS);
    onTestFinished(() => http.close());
    expect(http.address).toMatch(/^\[::1\]:\d+$/);
    const answer = await fetch(`http://${http.address}/healthz`);
    expect([answer.status, await answer.json()]).toEqual([200, { status: 'ok' }]);
  });

  it('ends while a probe is under way', async () => {
    const view = new MadeUpService();
    view.setProbe(() => new Promise(() => {}));
    const http = await listening(view);
    const asked = fetch(`http://${http.address}/probe?target=rubygems.org`).then(
      () => 'answered',
      () => 'cut',
    );
    await vi.waitFor(() => expect(view.probed).toHaveLength(1));
    const start = performance.now();
    await http.close();
    expect(await asked).toBe('cut');
    expect(performance.now() - start).toBeLessThan(1000);
  });

  it('names who is in the way', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void taken.close());
    const { port } = taken.address() as { port: number };
    const refused = openHttp(new MadeUpService(), options(port), ASSETS);
    await expect(refused).rejects.toThrow(
      new UsageError(
        `cannot serve HTTP on 127.0.0.1:${port} (EADDRINUSE): another program listens there, perhaps a second service: choose another port with --listen`,
      ),
    );
  });

  it('knows addresses that are of other hosts', async () => {
    const refused = openHttp(new MadeUpService(), options(0, '192.0.2.1'), ASSETS);
    await expect(refused).rejects.toThrow(/^cannot serve HTTP on 192\.0\.2\.1:0 \(EADDRNOTAVAIL\): it is no address/);
  });
});

describe('the files of the dashboard', () => {
  it('have a tag that changes with them', () => {
    const [one, same, other] = ['a', 'a', 'b'].map((text) => assetOf('/', 'text/html', text).tag);
    expect([one === same, one === other]).toEqual([true, false]);
    expect(one).toMatch(/^"[\w-]{43}"$/);
  });
});
