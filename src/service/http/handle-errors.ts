/** Errors become one of the fixed refusals; what they really are is for the log. */

import type { FastifyReply } from 'fastify';
import type { Log } from '../../measure/log.ts';
import { codeOfStatus, refuse } from './refusals.ts';

export function handleErrors(error: unknown, reply: FastifyReply, log: Log): FastifyReply {
  const code = codeOfStatus(statusOf(error));
  if (code === 'internal') log.warn({ err: error, route: reply.request.routeOptions.url }, 'a request failed');
  return refuse(reply, code);
}

/** What the framework has to complain of brings its status; anything else is an error of ours. */
function statusOf(error: unknown): number {
  const hasStatus = typeof error === 'object' && error !== null && 'statusCode' in error;
  return hasStatus && typeof error.statusCode === 'number' ? error.statusCode : 500;
}
