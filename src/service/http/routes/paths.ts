/** `/api/v1/paths`: all there is, on one page. */

import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.ts';
import { overviewOf } from '../path-view.ts';
import { answers } from '../responses.ts';
import { named } from '../schemas/shape.ts';

export function addPaths(app: FastifyInstance, { view }: Context): void {
  app.get('/api/v1/paths', {
    schema: {
      summary: 'Targets and paths, worst first',
      response: answers(named('Overview'), 'What the service knows now.'),
    },
    handler: () => overviewOf(view, new Date()),
  });
}
