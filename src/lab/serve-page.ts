/** Answers a GET with a body of known length, whole or a range of it. */

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Page } from './service.ts';

export function servePage({ bytes, ranges }: Page, request: IncomingMessage, response: ServerResponse): void {
  const range = ranges ? /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') : null;
  if (range === null) {
    response.writeHead(200, { 'content-type': 'text/plain', 'content-length': bytes });
    response.end(Buffer.alloc(bytes, 'x'));
    return;
  }
  const first = Number(range[1]);
  const last = Math.min(Number(range[2]), bytes - 1);
  if (first > last) {
    response.writeHead(416, { 'content-range': `bytes */${bytes}` }).end();
    return;
  }
  const length = last - first + 1;
  response.writeHead(206, {
    'content-type': 'text/plain',
    'content-length': length,
    'content-range': `bytes ${first}-${last}/${bytes}`,
  });
  response.end(Buffer.alloc(length, 'x'));
}
