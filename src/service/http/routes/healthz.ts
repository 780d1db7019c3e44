/** `/healthz`: the process is alive. */

import type { FastifyInstance } from 'fastify';
import { RATES } from '../limits.ts';
import { refused } from '../responses.ts';
import { object } from '../schemas/shape.ts';

const ALIVE = object({ status: { type: 'string', const: 'ok' } });

export function addHealthz(app: FastifyInstance): void {
  app.get('/healthz', {
    config: { isPublic: true, rateLimit: { max: RATES.generous } },
    schema: {
      summary: 'Whether the process is alive',
      security: [],
      response: {
        200: { description: 'It is.', content: { 'application/json': { schema: ALIVE } } },
        ...refused(['too-often']),
      },
    },
    handler: () => ({ status: 'ok' }),
  });
}
