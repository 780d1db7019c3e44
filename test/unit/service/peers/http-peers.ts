/** Peers on the loopback interface that answer over HTTP, or do not. */

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import type { MeshRow } from '../../../../src/service/contract.ts';
import type { Agent } from '../../../../src/service/peers/agents.ts';

export type Reply = (request: IncomingMessage, response: ServerResponse) => void;

/** Closed when the test is over, with whatever hangs. */
export function httpPeer(name: string, reply: Reply): Promise<Agent> {
  const server = createServer(reply);
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return listening(name, server);
}

/** Says whatever it likes. */
export function tcpPeer(name: string, talk: (socket: Socket) => void): Promise<Agent> {
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
    sockets.add(socket);
    // The other side hangs up: that is what is tested.
    socket.on('error', () => socket.destroy());
    talk(socket);
  });
  onTestFinished(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return listening(name, server);
}

/** Nothing listens there any more. */
export async function deadPeer(name: string): Promise<Agent> {
  const server = createTcpServer();
  const peer = await listening(name, server);
  await new Promise((resolve) => server.close(resolve));
  return peer;
}

function listening(name: string, server: Server): Promise<Agent> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      resolve({ name, responder: `127.0.0.1:${port}`, http: `127.0.0.1:${port}` });
    });
  });
}

export function rowOfAgent(name: string, ...peers: readonly string[]): MeshRow {
  const unmeasured = { verdict: null, at: null, forward: null, reverse: null, pathId: null };
  return { agent: name, version: '1.0.0', rounds: 1, cells: peers.map((peer) => ({ peer, ...unmeasured })) };
}

/** Answers any request with this. */
export function json(value: unknown): Reply {
  return (_, response) => response.end(JSON.stringify(value));
}
