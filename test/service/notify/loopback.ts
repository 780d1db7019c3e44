/** Receivers of notifications on loopback, and a notifier that talks to them. */

import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished, vi } from 'vitest';
import { type Notifier, openNotifier } from '../../../src/service/notify/notifier.ts';
import { heard, type MadeUpHistory, ManualClock } from '../../unit/service/notify/made-up.ts';

export const SECRET = Buffer.from('0123456789abcdef0123456789abcdef');
/** For one try: no test is to end by it, unless it wants to. */
const TIMEOUT_MS = 60_000;

export interface Delivery {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Loopback {
  readonly url: string;
  readonly deliveries: Delivery[];
  /** Numbers of the events, in the order in which they came. */
  ids(): readonly number[];
}

/** @param answer what is done with each delivery, `index` of them came before; else it is taken. */
export async function receiver(
  answer: (response: ServerResponse, index: number) => void = (response) => void response.writeHead(204).end(),
): Promise<Loopback> {
  const deliveries: Delivery[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => {
      body += text;
    });
    request.on('end', () => {
      deliveries.push({ headers: request.headers, body });
      answer(response, deliveries.length - 1);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const ids = () => deliveries.map(({ body }) => (JSON.parse(body) as { event: { id: number } }).event.id);
  return { url: `http://127.0.0.1:${port}/hook`, deliveries, ids };
}

export interface Notifying {
  readonly notifier: Notifier;
  readonly clock: ManualClock;
  readonly lines: readonly string[];
}

/** Waits between tries are over at once, but for those of `patienceMs` and more. */
export function notifying(
  urls: readonly string[],
  history: MadeUpHistory,
  { patienceMs = Number.POSITIVE_INFINITY, random = 0, timeoutMs = TIMEOUT_MS } = {},
): Notifying {
  const clock = new ManualClock();
  clock.patienceMs = patienceMs;
  const { log, lines } = heard();
  const webhooks = urls.map((url) => ({ url, secret: SECRET }));
  const around = { history, clock, random: () => random, log, version: '1.2.3', host: 'build-7' };
  const notifier = openNotifier({ ...around, webhooks, timeoutMs });
  onTestFinished(() => notifier.close(0));
  return { notifier, clock, lines };
}

/** Waits until something is so; fails with what the last look found. */
export function soon(look: () => void): Promise<void> {
  return vi.waitFor(look, { timeout: 10_000, interval: 5 });
}
