/** A receiver of notifications outside, for a service in the lab. */

import { createHmac } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { onTestFinished } from 'vitest';
import type { ServiceEvent } from '../../../src/service/contract.ts';
import type { Scene } from './scene.ts';

const PORT = 9000;
const SECRET = '0123456789abcdef0123456789abcdef';

export interface Delivery {
  readonly event: ServiceEvent;
  /** As docs/notifications.md says that a receiver finds out. */
  readonly isGenuine: boolean;
}

/** @returns what came so far, and the value of `--notification` that makes it come. */
export async function receiver(
  scene: Scene,
  host: string,
): Promise<{ readonly deliveries: readonly Delivery[]; readonly notification: string }> {
  const deliveries: Delivery[] = [];
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const body = Buffer.concat(pieces);
      const { event } = JSON.parse(body.toString('utf8')) as { event: ServiceEvent };
      deliveries.push({ event, isGenuine: isGenuine(request.headers, body) });
      response.writeHead(204).end();
    });
  });
  const socket = scene.path('webhook.sock');
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await scene.gate(host, PORT, socket);
  const secretFile = scene.path('webhook-secret');
  writeFileSync(secretFile, SECRET);
  return { deliveries, notification: `{url: "http://127.0.0.1:${PORT}/hook", secretFile: "${secretFile}"}` };
}

function isGenuine(headers: IncomingHttpHeaders, body: Buffer): boolean {
  const signed = createHmac('sha256', SECRET).update(`${headers['x-mtu-probe-timestamp']}.`).update(body);
  return headers['x-mtu-probe-signature'] === `sha256=${signed.digest('hex')}`;
}
