/** Program: the services of one host of the lab, in one process. Takes a JSON list of services. */

import { once } from 'node:events';
import { createServer as createHttp, type RequestListener } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { createServer as createTcp, type Server as TcpServer } from 'node:net';
import { answerDatagrams } from './answer-datagrams.ts';
import { CERTIFICATES } from './certificates.ts';
import { servePage } from './serve-page.ts';
import type { DatagramService, PageService, Service } from './service.ts';
import { READY } from './start-process.ts';

const listening = (JSON.parse(process.argv[2] ?? '') as Service[]).map(async (service) => {
  if (service.kind === 'quic' || service.kind === 'dns') return answerDatagrams(service.kind, service.port);
  const server = listener(service);
  server.listen({ port: service.port, ...('backlog' in service ? { backlog: service.backlog } : {}) });
  await once(server, 'listening');
});
void Promise.all(listening).then(() => console.log(READY));

function listener(service: Exclude<Service, DatagramService>): TcpServer {
  switch (service.kind) {
    case 'silent':
      return createTcp((socket) => {
        socket.on('error', () => socket.destroy()).resume();
      });
    case 'http':
      return frontDoor(service, createHttp(pages(service)));
    case 'https': {
      const { key, chain } = CERTIFICATES[service.certificate];
      return frontDoor(service, createHttps({ key, cert: chain, ALPNProtocols: ['http/1.1'] }, pages(service)));
    }
  }
}

function pages({ page, pace }: PageService): RequestListener {
  return (request, response) => {
    setTimeout(() => servePage(page, request, response), pace.beforeReplyMs);
  };
}

/** Accepts by itself and passes the connection on when the service's pace says so; the request waits in the socket. */
function frontDoor({ pace }: PageService, behind: TcpServer): TcpServer {
  return createTcp({ pauseOnConnect: true }, (socket) => {
    // Probers reset connections as a matter of course.
    socket.on('error', () => socket.destroy());
    if (pace.busyMs > 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pace.busyMs);
    setTimeout(() => {
      behind.emit('connection', socket);
      socket.resume();
    }, pace.beforeTlsMs);
  });
}
