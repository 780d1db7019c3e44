/** One question to one peer over HTTP, bounded in time and size. */

import { get, type IncomingMessage } from 'node:http';
import type { Agent } from './agents.ts';

export const ROW_PATH = '/api/v1/mesh/row';

export interface Question {
  /** What all agents share, printable ASCII; `null` asks without. */
  readonly token: string | null;
  /** A longer answer is not read to its end, in bytes. */
  readonly longest: number;
  /** From the name's resolution to the last byte. */
  readonly timeoutMs: number;
}

/** Text, or in plain words why there is none. */
export type Answer =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'silent'; readonly reason: string };

/** What a peer does is a value, and nothing is asked but the address that is configured: no redirect is followed. */
export function askRow({ http }: Pick<Agent, 'http'>, question: Question): Promise<Answer> {
  const { token, longest, timeoutMs } = question;
  const headers = { accept: 'application/json', ...(token === null ? {} : { authorization: `Bearer ${token}` }) };
  return new Promise((resolve) => {
    // A connection of its own: an agent of Node would keep thousands.
    const request = get(`http://${http}${ROW_PATH}`, { headers, agent: false });
    const timer = setTimeout(() => end({ kind: 'silent', reason: 'did not answer in time' }), timeoutMs);
    /** The first word counts; what the connection says afterwards is of its end. */
    const end = (answer: Answer): void => {
      clearTimeout(timer);
      resolve(answer);
      request.destroy();
    };
    const fail = (error: Error): void => end({ kind: 'silent', reason: wordsOf(error) });
    request.on('error', fail);
    // One who answers by switching protocols is hung up on, without an error.
    request.on('upgrade', (_, socket) => {
      socket.destroy();
      end({ kind: 'silent', reason: 'switched to another protocol' });
    });
    request.on('response', (response) => {
      response.on('error', fail);
      const reason = refusalOf(response);
      if (reason === null) read(response, longest, end);
      else end({ kind: 'silent', reason });
    });
  });
}

function read(response: IncomingMessage, longest: number, end: (answer: Answer) => void): void {
  const chunks: Buffer[] = [];
  let bytes = 0;
  response.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > longest) end({ kind: 'silent', reason: `its answer is longer than ${longest} bytes` });
    else chunks.push(chunk);
  });
  response.on('end', () => end({ kind: 'text', text: Buffer.concat(chunks).toString('utf8') }));
}

const OK = 200;

function refusalOf({ statusCode: status = 0 }: IncomingMessage): string | null {
  if (status === OK) return null;
  if (status === 401 || status === 403) return `refused the token (HTTP ${status}): all agents need the same one`;
  if (status >= 300 && status < 400) return `sent us elsewhere (HTTP ${status}), which is not followed`;
  if (status === 404) return 'knows of no peers (HTTP 404): it runs without them, or is no agent';
  if (status === 429) return 'is asked too often (HTTP 429)';
  return `answered HTTP ${status}`;
}

/** As libuv names them; others are shown by their code. */
const FAILURES: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens at its port',
  ECONNRESET: 'ended the connection before its answer did',
  ETIMEDOUT: 'did not answer',
  EHOSTUNREACH: 'cannot be reached: no host there',
  ENETUNREACH: 'cannot be reached: no route from here',
  ENOTFOUND: 'its name has no address',
  EAI_AGAIN: 'its name cannot be resolved now',
};

function wordsOf(error: Error): string {
  const code = 'code' in error ? String(error.code) : error.name;
  return FAILURES[code] ?? (code.startsWith('HPE_') ? 'does not speak HTTP' : `cannot be asked (${code})`);
}
