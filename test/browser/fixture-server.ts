/** The dashboard as the service serves it, over what a test makes up. */

import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { HistoryPoint, Mesh, News, PathDetail, ServiceEvent, TargetState } from '../../src/service/contract.ts';
import { EVENTS, madeHistory, overviewOf, PATHS, TARGETS } from './made-up.ts';

/** What a test may change at any time. */
export interface World {
  paths: readonly PathDetail[];
  targets: readonly TargetState[];
  events: readonly ServiceEvent[];
  history: readonly HistoryPoint[];
  mesh: Mesh | null;
  /** The status of every answer of the API; 200 is all well. */
  status: number;
  /** What it wants to see; with `null` anybody may. */
  token: string | null;
}

export function madeWorld(change: Partial<World> = {}): World {
  return {
    ...{ paths: PATHS, targets: TARGETS, events: EVENTS, history: madeHistory(), mesh: null, status: 200, token: null },
    ...change,
  };
}

const FILES: Readonly<Record<string, readonly [file: string, type: string]>> = {
  '/': ['index.html', 'text/html; charset=utf-8'],
  '/mesh': ['mesh.html', 'text/html; charset=utf-8'],
  '/assets/app.js': ['app.js', 'text/javascript; charset=utf-8'],
  '/assets/mesh.js': ['mesh.js', 'text/javascript; charset=utf-8'],
  '/assets/app.css': ['app.css', 'text/css; charset=utf-8'],
};
/** The strictest that the service may send: nothing inline, nothing from elsewhere. */
const POLICY = [
  ...["default-src 'none'", "script-src 'self'", "style-src 'self'", "connect-src 'self'", "img-src 'self' data:"],
  ...["base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'", "require-trusted-types-for 'script'"],
].join('; ');
/** So that a test does not wait for the three seconds of browsers. */
const RETRY_MS = 200;

export class FixtureServer {
  world: World = madeWorld();
  /** Every address of the API that was asked for. */
  readonly asked: string[] = [];
  #server: Server | null = null;
  #port = 0;
  readonly #streams = new Set<ServerResponse>();

  get origin(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** On the port it had before, if it had one. */
  async start(): Promise<void> {
    const server = createServer((request, response) => this.#answer(request, response));
    this.#server = server;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(this.#port, '127.0.0.1', resolve);
    });
    this.#port = (server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    const server = this.#server;
    if (server === null) return;
    this.#server = null;
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  }

  publish(news: News): void {
    const text =
      news.kind === 'event'
        ? `id: ${news.event.id}\ndata: ${JSON.stringify(news)}\n\n`
        : `event: run\ndata: ${JSON.stringify(news)}\n\n`;
    for (const stream of this.#streams) stream.write(text);
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '/', this.origin);
    response.setHeader('content-security-policy', POLICY);
    const file = FILES[url.pathname];
    if (file !== undefined) {
      const path = fileURLToPath(new URL(`../../dist/dashboard/${file[0]}`, import.meta.url));
      response.setHeader('content-type', file[1]);
      response.end(readFileSync(path));
      return;
    }
    this.asked.push(url.pathname);
    const { status, token } = this.world;
    if (token !== null && passwordOf(request) !== token) {
      response.setHeader('www-authenticate', 'Basic realm="mtu-probe"');
      send(response, 401, {});
    } else if (status !== 200) send(response, status, {});
    else if (url.pathname === '/api/v1/events' && request.headers.accept === 'text/event-stream')
      this.#stream(response);
    else this.#api(url, response);
  }

  #stream(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write(`retry: ${RETRY_MS}\n\n`);
    this.#streams.add(response);
    response.on('close', () => this.#streams.delete(response));
  }

  #api({ pathname, searchParams }: URL, response: ServerResponse): void {
    const { paths, targets, events, history, mesh } = this.world;
    const [, id, rest] = /^\/api\/v1\/paths\/([0-9a-f]{16})(\/history)?$/.exec(pathname) ?? [];
    const path = paths.find((one) => one.id === id);
    const since = searchParams.get('since') ?? '';
    const only = searchParams.get('path');
    if (pathname === '/api/v1/paths') send(response, 200, overviewOf(paths, targets));
    else if (pathname === '/api/v1/events')
      send(response, 200, { events: events.filter(({ pathId }) => only === null || pathId === only) });
    else if (pathname === '/api/v1/mesh' && mesh !== null) send(response, 200, mesh);
    else if (path !== undefined && rest !== undefined)
      send(response, 200, { points: history.filter(({ at }) => at >= since) });
    else if (path !== undefined) send(response, 200, path);
    else send(response, 404, {});
  }
}

/** As browsers send it that were given one. */
function passwordOf({ headers }: IncomingMessage): string | undefined {
  const [, credentials = ''] = /^Basic (.*)$/.exec(headers.authorization ?? '') ?? [];
  return Buffer.from(credentials, 'base64').toString().split(':')[1];
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(body));
}
