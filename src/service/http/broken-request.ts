/** What Node's parser refuses: there is no request to answer, only a connection to end. */

import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { REFUSALS, type RefusalCode, refusalBody } from './refusals.ts';

/** For answers that are given before anything else of ours is asked. */
export const BARE_HEADERS = {
  'content-security-policy': "default-src 'none'",
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
} as const;

export function answerBrokenRequest(error: string | undefined, socket: Socket): void {
  if (socket.destroyed || !socket.writable || error === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const code: RefusalCode = error === 'HPE_HEADER_OVERFLOW' ? 'header-too-large' : 'bad-request';
  const body = JSON.stringify(refusalBody(code));
  const { status } = REFUSALS[code];
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'content-type: application/json; charset=utf-8',
    `content-length: ${body.length}`,
    ...Object.entries(BARE_HEADERS).map(([name, value]) => `${name}: ${value}`),
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
}
