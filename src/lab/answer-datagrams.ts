/** The least that a QUIC and a DNS server say to anybody. */

import { createSocket } from 'node:dgram';
import { once } from 'node:events';

const QUIC_VERSION_1 = [0, 0, 0, 1]; // RFC 9000 §15
/** RFC 9000 §14.1: smaller ones are not answered. */
const SMALLEST_GREETING = 1200;
const REFUSED = [0x81, 0x05]; // RFC 1035 §4.1.1: an answer, and RCODE 5

/** Both families. Resolves when it listens. */
export async function answerDatagrams(kind: 'quic' | 'dns', port: number): Promise<void> {
  const sockets = (['udp4', 'udp6'] as const).map((type) => createSocket({ type, ipv6Only: type === 'udp6' }));
  for (const socket of sockets) {
    socket.on('message', (message, { address, port: from }) => {
      const answer = kind === 'quic' ? versions(message) : refusal(message);
      if (answer !== null) socket.send(answer, from, address);
    });
    socket.bind(port);
  }
  await Promise.all(sockets.map((socket) => once(socket, 'listening')));
}

/** Version negotiation (RFC 8999 §6): the connection IDs of both sides change places. */
function versions(greeting: Buffer): Buffer | null {
  const [first = 0] = greeting;
  if (greeting.length < SMALLEST_GREETING || (first & 0x80) === 0) return null;
  const own = greeting[5] ?? 0;
  const destination = greeting.subarray(6, 6 + own);
  const theirs = greeting[6 + own] ?? 0;
  const source = greeting.subarray(7 + own, 7 + own + theirs);
  const ids = [Buffer.from([theirs]), source, Buffer.from([own]), destination];
  return Buffer.concat([Buffer.from([0x80, 0, 0, 0, 0]), ...ids, Buffer.from(QUIC_VERSION_1)]);
}

function refusal(question: Buffer): Buffer | null {
  if (question.length < 12) return null;
  return Buffer.from([...question.subarray(0, 2), ...REFUSED, 0, 0, 0, 0, 0, 0, 0, 0]);
}
