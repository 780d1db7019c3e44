/** `/`, `/mesh` and what they load. */

import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.ts';

export function addDashboard(app: FastifyInstance, { assets }: Context): void {
  for (const { path, type, text, tag } of assets) {
    app.get(path, { schema: { hide: true } }, (request, reply) => {
      // It may be kept, and is asked for again each time: after an update nobody sees the page before it.
      reply.header('cache-control', 'no-cache').header('etag', tag);
      const known = request.headers['if-none-match']?.split(/\s*,\s*/) ?? [];
      return known.includes(tag) ? reply.code(304).send() : reply.type(type).send(text);
    });
  }
  // Browsers ask for it whatever the page says, and put a failure on their console.
  app.get('/favicon.ico', { schema: { hide: true } }, (_, reply) => reply.code(204).send());
}
