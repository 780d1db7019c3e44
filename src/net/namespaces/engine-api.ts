/**
 * One question to a Docker engine on its socket, bounded in time and size.
 *
 * Without a version in the path the engine answers as its newest does; what is asked for here has been there since 1.24.
 */

import { get } from 'node:http';
import { codeOf } from './reading.ts';

/** A thousand containers are some megabytes. */
const LONGEST_ANSWER = 8 * 1024 * 1024;
const ENGINE_TIMEOUT_MS = 1000;
const OK = 200;

export type EngineAnswer =
  | { readonly kind: 'json'; readonly body: unknown }
  /** `reason` ends a sentence. */
  | { readonly kind: 'silent'; readonly reason: string };

/**
 * What an engine does is a value.
 *
 * @param deadline when it is waited for no longer. @throws what `signal` says, and nothing else.
 */
export async function askEngine(
  socketPath: string,
  path: string,
  signal: AbortSignal,
  deadline = AbortSignal.timeout(ENGINE_TIMEOUT_MS),
): Promise<EngineAnswer> {
  const answer = await answerOf(socketPath, path, AbortSignal.any([signal, deadline]));
  signal.throwIfAborted();
  return answer;
}

function answerOf(socketPath: string, path: string, signal: AbortSignal): Promise<EngineAnswer> {
  return new Promise((resolve) => {
    const request = get({ socketPath, path, agent: false, headers: { host: 'docker' }, signal });
    /** The first word counts; what the connection says afterwards is of its end. */
    const end = (answer: EngineAnswer): void => {
      resolve(answer);
      request.destroy();
    };
    const fail = (error: Error): void => end({ kind: 'silent', reason: wordsOf(error, signal) });
    request.on('error', fail);
    request.on('upgrade', (_, socket) => {
      socket.destroy();
      end({ kind: 'silent', reason: 'it speaks another protocol' });
    });
    request.on('response', (response) => {
      response.on('error', fail);
      if (response.statusCode !== OK) return end({ kind: 'silent', reason: `it answered HTTP ${response.statusCode}` });
      const chunks: Buffer[] = [];
      let bytes = 0;
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > LONGEST_ANSWER)
          end({ kind: 'silent', reason: `its answer is longer than ${LONGEST_ANSWER} bytes` });
        else chunks.push(chunk);
      });
      response.on('end', () => end(parsed(Buffer.concat(chunks).toString('utf8'))));
    });
  });
}

function parsed(text: string): EngineAnswer {
  try {
    return { kind: 'json', body: JSON.parse(text) };
  } catch {
    return { kind: 'silent', reason: 'its answer is no JSON' };
  }
}

/** As Node names them. */
const FAILURES: Readonly<Record<string, string>> = {
  EACCES: 'its socket may not be written to (run it as root, or as a member of its group)',
  EPERM: 'its socket may not be written to (run it as root, or as a member of its group)',
  ECONNREFUSED: 'nobody listens on its socket',
  ENOENT: 'its socket is gone',
  ECONNRESET: 'it hung up',
  EPIPE: 'it hung up',
};

function wordsOf(error: Error, signal: AbortSignal): string {
  if (signal.aborted) return 'it did not answer in time';
  const code = codeOf(error) ?? error.name;
  return FAILURES[code] ?? (code.startsWith('HPE_') ? 'it does not speak HTTP' : code);
}
