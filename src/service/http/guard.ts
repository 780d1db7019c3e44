/** What is looked at before any route: method, host and token. */

import type { FastifyInstance } from 'fastify';
import { bringsToken, CHALLENGES } from './access.ts';
import { isLoopbackHost } from './hosts.ts';
import { refuse } from './refusals.ts';

export interface Access {
  readonly token: string | null;
  /** Only who calls this host by a loopback name is answered. */
  readonly loopbackOnly: boolean;
}

const READING: readonly string[] = ['GET', 'HEAD'];

/** To be called after the limits of rates, and before the routes. */
export function guard(app: FastifyInstance, { token, loopbackOnly }: Access): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.header('cache-control', 'no-store');
    // Whatever else it wants to say is not read.
    if (!READING.includes(request.method))
      return refuse(wrongMethod(reply).header('connection', 'close'), 'wrong-method');
    if (loopbackOnly && !isLoopbackHost(request.headers.host)) return refuse(reply, 'wrong-host');
  });
  // Behind the limit of rates, which counts at the end of onRequest: whoever guesses tokens is slowed down as well.
  app.addHook('preParsing', async (request, reply) => {
    if (token === null || request.routeOptions.config.isPublic === true) return;
    if (bringsToken(request.headers.authorization, token)) return;
    return refuse(reply.header('www-authenticate', [...CHALLENGES]), 'unauthorized');
  });
  app.setNotFoundHandler({ preHandler: app.rateLimit() }, (request, reply) => {
    const [url = ''] = request.url.split('?');
    const isOnlyForGet = request.method === 'HEAD' && app.hasRoute({ method: 'GET', url });
    return isOnlyForGet ? refuse(wrongMethod(reply), 'wrong-method') : refuse(reply, 'not-found');
  });
}

function wrongMethod<Reply extends { header(name: string, value: string): Reply }>(reply: Reply): Reply {
  return reply.header('allow', READING.join(', '));
}
