/** `/api/v1/events`: what happened as JSON, what happens as a stream of server-sent events. */

import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.ts';
import { resumeAfter } from '../event-stream.ts';
import { MOST_EVENTS, USUAL_EVENTS } from '../limits.ts';
import { refuse } from '../refusals.ts';
import { refused } from '../responses.ts';
import { listOf, named, object, PATH_ID } from '../schemas/shape.ts';

interface Question {
  Querystring: { limit: number; path?: string; after?: number };
  Headers: { 'last-event-id'?: number; accept?: string };
}

const EVENT_ID = { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER };

const QUERY = {
  type: 'object',
  additionalProperties: false,
  properties: {
    limit: { type: 'integer', minimum: 1, maximum: MOST_EVENTS, default: USUAL_EVENTS },
    path: PATH_ID,
    after: { ...EVENT_ID, description: 'From the event behind this one; a stream takes Last-Event-ID as well.' },
  },
};

const STREAM =
  'An event is an unnamed message with its number as "id" and {"kind": "event", "event": ServiceEvent} as data; a run ' +
  'is a message named "run" without "id".';

const RESPONSES = {
  200: {
    description: `With "Accept: application/json" the latest events, newest first; else a stream. ${STREAM}`,
    content: {
      'application/json': { schema: object({ events: listOf(named('ServiceEvent')) }) },
      'text/event-stream': { schema: { type: 'string' } },
    },
  },
  ...refused(['bad-request', 'unauthorized', 'too-often', 'too-many-streams']),
};

export function addEvents(app: FastifyInstance, { view, streams }: Context): void {
  app.get<Question>('/api/v1/events', {
    // It would open a stream that nobody reads.
    exposeHeadRoute: false,
    schema: {
      summary: 'What happened, and what happens',
      querystring: QUERY,
      headers: { type: 'object', properties: { 'last-event-id': EVENT_ID } },
      response: RESPONSES,
    },
    handler: ({ query: { limit, path = null, after }, headers, ip }, reply) => {
      if (wantsJson(headers.accept)) {
        const events = after === undefined ? view.latestEvents(limit, path) : view.eventsAfter(after, limit);
        return reply.type('application/json; charset=utf-8').send({ events });
      }
      const seen = headers['last-event-id'] ?? after ?? null;
      const stream = streams.open(view, ip, resumeAfter(view, seen));
      if (stream === null) return refuse(reply.header('retry-after', '30'), 'too-many-streams');
      return reply.type('text/event-stream; charset=utf-8').header('x-accel-buffering', 'no').send(stream);
    },
  });
}

function wantsJson(accept = ''): boolean {
  return accept.includes('application/json') && !accept.includes('text/event-stream');
}
