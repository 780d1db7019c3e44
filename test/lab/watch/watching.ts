/** The shipped command `watch` in a host of the lab, and all of its interfaces as they are seen from outside. */

import { once } from 'node:events';
import { request } from 'node:http';
import { type AddressInfo, connect, createServer } from 'node:net';
import { onTestFinished } from 'vitest';
import type {
  News,
  Overview,
  PathSummary,
  Readiness,
  ServiceEvent,
  TargetState,
} from '../../../src/service/contract.ts';
import { COMMAND } from '../lab.ts';
import type { Running } from './running.ts';
import type { Scene } from './scene.ts';
import { type Heard, listen } from './stream.ts';

/** No user of the system, and no capability left that a program could take up. */
export const NOBODY = [
  'setpriv',
  ...(process.geteuid?.() === 0 ? ['--reuid', '65534', '--regid', '65534', '--clear-groups'] : []),
  ...['--bounding-set', '-all', '--inh-caps', '-all', '--no-new-privs'],
];

const PORT = 9482; // the one of --listen

export interface WatchingOptions {
  readonly host: string;
  readonly args: readonly string[];
  /** Words that it is started with. */
  readonly as?: readonly string[];
  /** On loopback, where it is another than usual. */
  readonly port?: number;
  readonly token?: string;
}

export interface Answered {
  readonly status: number;
  readonly body: string;
}

export class Watching {
  readonly running: Running;
  readonly socket: string;
  readonly #token: string | null;

  private constructor(running: Running, socket: string, token: string | null) {
    this.running = running;
    this.socket = socket;
    this.#token = token;
  }

  /** Resolves once it listens. */
  static async start(scene: Scene, { host, args, as = [], port, token }: WatchingOptions): Promise<Watching> {
    const socket = scene.path(`${host}-${port ?? PORT}.sock`);
    const listening = port === undefined ? [] : ['--listen', `127.0.0.1:${port}`];
    const running = scene.start(host, ...as, process.execPath, COMMAND, 'watch', ...listening, ...args);
    await Promise.all([running.says(/listens on http/), scene.gate(host, socket, port ?? PORT)]);
    return new Watching(running, socket, token ?? null);
  }

  async ask(path: string, accept = 'application/json'): Promise<Answered> {
    const headers = { host: 'localhost', accept, ...this.#authorization() };
    const sent = request({ socketPath: this.socket, path, headers, agent: false }).end();
    const [answer] = await once(sent, 'response');
    let body = '';
    for await (const piece of answer.setEncoding('utf8')) body += piece;
    return { status: answer.statusCode, body };
  }

  async json<Answer>(path: string): Promise<Answer> {
    return JSON.parse((await this.ask(path)).body) as Answer;
  }

  overview(): Promise<Overview> {
    return this.json('/api/v1/paths');
  }

  /** The one path of the one target. */
  async path(): Promise<PathSummary> {
    const [path] = (await this.overview()).paths;
    if (path === undefined) throw new Error('no path yet');
    return path;
  }

  async target(name: string): Promise<TargetState> {
    const found = (await this.overview()).targets.find(({ target }) => target === name);
    if (found === undefined) throw new Error(`no target ${name}`);
    return found;
  }

  readiness(): Promise<Readiness> {
    return this.json('/readyz');
  }

  /** In the order in which they happened. */
  async events(): Promise<readonly ServiceEvent[]> {
    return (await this.json<{ events: ServiceEvent[] }>('/api/v1/events?after=0&limit=200')).events;
  }

  /** @returns values by name and labels, as they are written. */
  async metrics(): Promise<ReadonlyMap<string, number>> {
    const { body } = await this.ask('/metrics', 'text/plain');
    const lines = body.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    return new Map(
      lines.map((line) => {
        const space = line.lastIndexOf(' ');
        return [line.slice(0, space), Number(line.slice(space + 1))];
      }),
    );
  }

  /** All news from the first event on, until the test ends. */
  news(onNews?: (news: News) => void): Promise<Heard> {
    return listen(this.socket, this.#authorization(), onNews);
  }

  /** For programs that know only addresses: a port on loopback out here. @returns `http://127.0.0.1:…`. */
  async origin(): Promise<string> {
    const server = createServer((near) => {
      const far = connect(this.socket);
      near.on('error', () => far.destroy()).on('close', () => far.destroy());
      far.on('error', () => near.destroy()).on('close', () => near.destroy());
      near.pipe(far).pipe(near);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  #authorization(): Readonly<Record<string, string>> {
    return this.#token === null ? {} : { authorization: `Bearer ${this.#token}` };
  }
}

/** @returns the one sample of that name with these labels and perhaps others; `null` when there is none. */
export function sampleOf(
  metrics: ReadonlyMap<string, number>,
  name: string,
  labels: Readonly<Record<string, string>>,
): number | null {
  const parts = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
  const isIt = (series: string): boolean =>
    (series === name || series.startsWith(`${name}{`)) && parts.every((part) => series.includes(part));
  const found = [...metrics].filter(([series]) => isIt(series));
  if (found.length > 1) throw new Error(`more than one: ${found.map(([series]) => series).join(', ')}`);
  return found[0]?.[1] ?? null;
}
