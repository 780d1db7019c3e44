/** Every refusal there is. Their words are fixed: nothing of a question comes back in its answer. */

import type { FastifyReply } from 'fastify';

interface Refusal {
  readonly status: number;
  readonly message: string;
}

export const REFUSALS = {
  'bad-request': { status: 400, message: 'a parameter is not as /api/v1/openapi.json says' },
  'unknown-target': {
    status: 400,
    message: 'the target is neither configured nor allowed: add it to the configuration',
  },
  unauthorized: { status: 401, message: 'send the token, as Bearer or as the password of Basic' },
  'wrong-host': { status: 403, message: 'it listens on loopback only, and answers to localhost and its addresses' },
  'cross-site': { status: 403, message: 'a page of another site may not ask this' },
  'not-found': { status: 404, message: 'there is nothing here: see /api/v1/openapi.json' },
  'unknown-path': { status: 404, message: 'there is no path of this id: see /api/v1/paths' },
  'no-peers': { status: 404, message: 'no peers are configured' },
  'wrong-method': { status: 405, message: 'only GET is answered, and HEAD where nothing is measured or streamed' },
  'too-large': { status: 413, message: 'requests have no body here' },
  'too-often': { status: 429, message: 'too many requests from this address' },
  'header-too-large': { status: 431, message: 'the headers are too large' },
  internal: { status: 500, message: 'an error of mtu-probe: its log says more' },
  busy: { status: 503, message: 'no turn is free: ask again later' },
  'too-many-streams': { status: 503, message: 'too many event streams are open' },
} as const satisfies Readonly<Record<string, Refusal>>;

export type RefusalCode = keyof typeof REFUSALS;

export function refusalBody(code: RefusalCode): { readonly error: RefusalCode; readonly message: string } {
  return { error: code, message: REFUSALS[code].message };
}

export function refuse(reply: FastifyReply, code: RefusalCode): FastifyReply {
  return reply
    .code(REFUSALS[code].status)
    .type('application/json; charset=utf-8')
    .send(JSON.stringify(refusalBody(code)));
}

/** For an error of the framework: by its status alone, since its text quotes the question. */
export function codeOfStatus(status: number): RefusalCode {
  const found = (Object.keys(REFUSALS) as RefusalCode[]).find((code) => REFUSALS[code].status === status);
  if (found !== undefined) return found;
  return status >= 400 && status < 500 ? 'bad-request' : 'internal';
}
