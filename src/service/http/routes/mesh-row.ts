/** `/api/v1/mesh/row`: what this agent measured of its peers; they ask each other for it. */

import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.ts';
import { refuse } from '../refusals.ts';
import { answers } from '../responses.ts';
import { named } from '../schemas/shape.ts';

export function addMeshRow(app: FastifyInstance, { view }: Context): void {
  app.get('/api/v1/mesh/row', {
    schema: {
      summary: 'What this agent measured of its peers',
      response: answers(named('MeshRow'), 'One cell for each peer.', ['no-peers']),
    },
    handler: (_, reply) => view.meshRow() ?? refuse(reply, 'no-peers'),
  });
}
