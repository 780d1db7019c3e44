/** `/api/v1/paths/{id}`: one path with its report. */

import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.ts';
import { detailOf } from '../path-view.ts';
import { refuse } from '../refusals.ts';
import { answers } from '../responses.ts';
import { named, object, PATH_ID } from '../schemas/shape.ts';

export function addPath(app: FastifyInstance, { view }: Context): void {
  app.get<{ Params: { id: string } }>('/api/v1/paths/:id', {
    schema: {
      summary: 'One path with all that is known of it',
      params: object({ id: PATH_ID }),
      response: answers(named('PathDetail'), 'The path.', ['bad-request', 'unknown-path']),
    },
    handler: ({ params }, reply) => {
      const path = view.paths().find(({ id }) => id === params.id);
      return path === undefined ? refuse(reply, 'unknown-path') : detailOf(path);
    },
  });
}
