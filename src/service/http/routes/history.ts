/** `/api/v1/paths/{id}/history`: its runs. */

import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.ts';
import { MOST_POINTS, USUAL_POINTS } from '../limits.ts';
import { refuse } from '../refusals.ts';
import { answers } from '../responses.ts';
import { INSTANT, listOf, named, object, PATH_ID } from '../schemas/shape.ts';

interface Question {
  Params: { id: string };
  Querystring: { since?: string; until?: string; limit: number };
}

const QUERY = {
  type: 'object',
  additionalProperties: false,
  properties: {
    since: INSTANT,
    until: INSTANT,
    limit: { type: 'integer', minimum: 1, maximum: MOST_POINTS, default: USUAL_POINTS },
  },
};

export function addHistory(app: FastifyInstance, { view }: Context): void {
  app.get<Question>('/api/v1/paths/:id/history', {
    schema: {
      summary: 'Runs of one path, oldest first; the newest of them where there are more',
      params: object({ id: PATH_ID }),
      querystring: QUERY,
      response: answers(object({ points: listOf(named('HistoryPoint')) }), 'Its runs.', [
        'bad-request',
        'unknown-path',
      ]),
    },
    handler: ({ params: { id }, query: { since, until, limit } }, reply) => {
      if (!view.paths().some((path) => path.id === id)) return refuse(reply, 'unknown-path');
      // A leap second is written as RFC 3339 says, and no instant here.
      if ([since, until].some((instant) => instant !== undefined && Number.isNaN(Date.parse(instant)))) {
        return refuse(reply, 'bad-request');
      }
      return { points: view.series(id, { since: inUtc(since), until: inUtc(until), limit }) };
    },
  });
}

/** Instants are compared as text, so that all of them are written alike. */
function inUtc(instant: string | undefined): string | null {
  return instant === undefined ? null : new Date(instant).toISOString();
}
