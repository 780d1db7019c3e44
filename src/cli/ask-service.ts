/** One question to a running service, by what Node has: a healthcheck every few seconds may not load much. */

import type { ClientRequest, IncomingMessage, RequestOptions } from 'node:http';

/** An overview of a thousand targets is some megabytes; what is longer is none of ours. */
const LONGEST_ANSWER = 32 * 1024 * 1024;

export interface Answer {
  readonly status: number;
  /** `null` where it is no JSON. */
  readonly body: unknown;
}

/** @param path begins with a slash. @throws Error when nothing answers in time; its message says why. */
export async function askService(url: URL, path: string, token: string | null, timeoutMs: number): Promise<Answer> {
  const { get } = url.protocol === 'https:' ? await import('node:https') : await import('node:http');
  const headers = { accept: 'application/json', ...(token === null ? {} : { authorization: `Bearer ${token}` }) };
  return answered(get, new URL(path, url), { headers, agent: false, signal: AbortSignal.timeout(timeoutMs) });
}

type Get = (url: URL, options: RequestOptions, onAnswer: (answer: IncomingMessage) => void) => ClientRequest;

function answered(get: Get, url: URL, options: RequestOptions): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = get(url, options, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (part: string) => {
        text += part;
        if (text.length > LONGEST_ANSWER) answer.destroy(new Error('its answer is too long'));
      });
      answer.on('error', reject);
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body: parsed(text) }));
    });
    request.on('error', reject);
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Another service may listen there: that is for the caller to say.
    return null;
  }
}
