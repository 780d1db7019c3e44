/** One try: a POST that follows nothing, and an answer of which only the head is read. */

import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { Outcome } from './decide.ts';

/** Of the body of an answer, in bytes: a short one is read to its end, so that the connection serves the next event. */
const MOST_READ = 4096;

/**
 * @param timeoutMs for all of it.
 * @param signal ends it before.
 * @returns what came of it, whatever it was: a receiver that cannot be reached is no error.
 */
export function post(
  url: URL,
  headers: Readonly<Record<string, string>>,
  body: string,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<Outcome> {
  const request = url.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((resolve) => {
    const sent = request(url, { method: 'POST', headers: { ...headers, 'content-length': Buffer.byteLength(body) } });
    const end = (reason: string) => (): void => {
      sent.destroy(new Error(reason));
    };
    const expire = end(`no answer within ${timeoutMs / 1000} s`);
    const stop = end('the service stops');
    const timer = setTimeout(expire, timeoutMs).unref();
    signal.addEventListener('abort', stop, { once: true });
    sent.on('close', () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
      // Without an error either: an answer that asks for another protocol (101) ends like this.
      resolve({ kind: 'failed', reason: 'no answer' });
    });
    // Also after the answer: whoever ends it then has nothing new to say, and the promise is settled.
    sent.on('error', (error: NodeJS.ErrnoException) =>
      resolve({ kind: 'failed', reason: error.code ?? error.message }),
    );
    sent.on('response', (answer) => {
      drain(answer);
      const retryAfter = answer.headers['retry-after'] ?? null;
      resolve({ kind: 'answered', status: answer.statusCode ?? 0, retryAfter });
    });
    if (signal.aborted) stop();
    sent.end(body);
  });
}

function drain(answer: IncomingMessage): void {
  let read = 0;
  answer.on('data', (piece: Uint8Array) => {
    read += piece.byteLength;
    if (read > MOST_READ) answer.destroy();
  });
  // Cut off in its body: its status was the answer.
  answer.on('error', () => answer.destroy());
}
