/** `/metrics`: for Prometheus. */

import type { FastifyInstance } from 'fastify';
import { EXPOSITION_TYPE, exposition } from '../../metrics/exposition.ts';
import type { Context } from '../context.ts';
import { RATES } from '../limits.ts';
import { answersText } from '../responses.ts';

export function addMetrics(app: FastifyInstance, { view }: Context): void {
  app.get('/metrics', {
    config: { rateLimit: { max: RATES.generous } },
    schema: {
      summary: 'Metrics, in the text format of Prometheus',
      response: answersText('text/plain', 'As docs/metrics.md lists them.'),
    },
    handler: async (_, reply) => reply.type(EXPOSITION_TYPE).send(await exposition(view)),
  });
}
