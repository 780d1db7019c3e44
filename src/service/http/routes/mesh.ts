/** `/api/v1/mesh`: what all agents measured of each other. */

import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.ts';
import { refuse } from '../refusals.ts';
import { answers } from '../responses.ts';
import { named } from '../schemas/shape.ts';

export function addMesh(app: FastifyInstance, { view }: Context): void {
  app.get('/api/v1/mesh', {
    schema: {
      summary: 'What all agents measured of each other',
      response: answers(named('Mesh'), 'Rows of every agent that answered.', ['no-peers']),
    },
    handler: async (_, reply) => (await view.mesh()) ?? refuse(reply, 'no-peers'),
  });
}
