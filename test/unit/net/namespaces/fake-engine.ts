/** What answers on a Docker socket in a made-up machine. */

import { mkdirSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createPlainServer, type Server, type Socket } from 'node:net';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

/** @param details by id. @returns the paths that were asked for, as they come. */
export async function fakeEngine(
  socket: string,
  containers: readonly unknown[],
  details: Readonly<Record<string, unknown>> = {},
): Promise<readonly string[]> {
  const asked: string[] = [];
  await answering(socket, (request, response) => {
    const path = request.url ?? '';
    asked.push(path);
    const id = /^\/containers\/(.+)\/json$/.exec(path)?.[1];
    response.end(JSON.stringify(id === undefined ? containers : (details[id] ?? {})));
  });
  return asked;
}

export function answering(socket: string, listener: RequestListener): Promise<void> {
  return listening(createServer(listener), socket);
}

/** No HTTP at all. */
export function talking(socket: string, onConnection: (connection: Socket) => void): Promise<void> {
  return listening(
    createPlainServer((connection) => {
      // Whoever asks hangs up first.
      connection.on('error', () => connection.destroy());
      onConnection(connection);
    }),
    socket,
  );
}

async function listening(server: Server, socket: string): Promise<void> {
  const connections = new Set<Socket>();
  server.on('connection', (connection) => connections.add(connection));
  onTestFinished(() => {
    for (const connection of connections) connection.destroy();
    return new Promise((resolve) => server.close(() => resolve()));
  });
  mkdirSync(dirname(socket), { recursive: true });
  await new Promise<void>((resolve, reject) => server.on('error', reject).listen(socket, resolve));
}

export function socketIn(root: string, place = '/var/run/docker.sock'): string {
  return join(root, place);
}
