/** The OpenAPI document: made from the schemas by which questions are checked and answers written. */

import swagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import { SCHEMAS } from './schemas/index.ts';

/** Of the API, not of the program. */
const API_VERSION = '1';

/** To be called before the routes. */
export async function addApiDocument(app: FastifyInstance): Promise<void> {
  for (const [$id, schema] of Object.entries(SCHEMAS)) app.addSchema({ $id, ...schema });
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'mtu-probe watch',
        version: API_VERSION,
        description: 'What the service measured. Unknown is null, never a missing field; a size is a whole IP packet.',
      },
      // Where a token is configured; without one nobody asks for it.
      security: [{}, { bearer: [] }, { basic: [] }],
      components: {
        securitySchemes: {
          bearer: { type: 'http', scheme: 'bearer' },
          basic: { type: 'http', scheme: 'basic', description: 'The token is the password; any user name will do.' },
        },
      },
    },
    refResolver: {
      buildLocalReference: ({ $id }, _, __, index) => (typeof $id === 'string' ? $id : `schema-${index}`),
    },
  });
}
