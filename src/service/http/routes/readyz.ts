/** `/readyz`: every gating target is well. */

import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.ts';
import { RATES } from '../limits.ts';
import { refused } from '../responses.ts';
import { named } from '../schemas/shape.ts';

export function addReadyz(app: FastifyInstance, { view }: Context): void {
  const content = { 'application/json': { schema: named('Readiness') } };
  app.get('/readyz', {
    config: { isPublic: true, rateLimit: { max: RATES.generous } },
    schema: {
      summary: 'Whether every gating target is below what it is held to, and known',
      security: [],
      response: {
        200: { description: 'Every one is.', content },
        503: { description: 'Some are not: "reasons" has one line for each.', content },
        ...refused(['too-often']),
      },
    },
    handler: (_, reply) => {
      const readiness = view.readiness();
      return reply.code(readiness.ready ? 200 : 503).send(readiness);
    },
  });
}
