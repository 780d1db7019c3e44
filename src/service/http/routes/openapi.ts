/** `/api/v1/openapi.json`: this API, for programs. */

import type { FastifyInstance } from 'fastify';

export function addOpenApi(app: FastifyInstance): void {
  app.get('/api/v1/openapi.json', { schema: { hide: true } }, () => app.swagger());
}
