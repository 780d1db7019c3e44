/**
 * `/probe?target=…`: measures now, in the style of blackbox_exporter, but only what is configured or allowed: nobody
 * makes this host send packets to a third one.
 */

import { setTimeout as after } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Report } from '../../../contract.ts';
import { EXPOSITION_TYPE } from '../../metrics/exposition.ts';
import { probeSuccess } from '../../metrics/probe-success.ts';
import { BusyError } from '../../view.ts';
import type { Context } from '../context.ts';
import { LONGEST_PROBE_MS, LONGEST_TARGET, PROBE_OFFSET_MS, RATES } from '../limits.ts';
import { refuse } from '../refusals.ts';
import { answersText } from '../responses.ts';

interface Question {
  Querystring: { target: string };
  Headers: { 'x-prometheus-scrape-timeout-seconds'?: number };
}

const QUERY = {
  type: 'object',
  required: ['target'],
  additionalProperties: false,
  properties: { target: { type: 'string', minLength: 1, maxLength: LONGEST_TARGET } },
};
const HEADERS = {
  type: 'object',
  properties: { 'x-prometheus-scrape-timeout-seconds': { type: 'number', exclusiveMinimum: 0 } },
};

export function addProbe(app: FastifyInstance, context: Context): void {
  app.get<Question>('/probe', {
    exposeHeadRoute: false,
    config: { rateLimit: { max: RATES.strict } },
    schema: {
      summary: 'Measures a configured or allowed target now',
      querystring: QUERY,
      headers: HEADERS,
      response: answersText('text/plain', 'Metrics of this run, as docs/metrics.md lists them.', [
        'bad-request',
        'unknown-target',
        'cross-site',
        'busy',
      ]),
    },
    handler: async ({ query: { target }, headers }, reply) => {
      // A page elsewhere could not read the answer, but make this host measure.
      if (headers['sec-fetch-site'] === 'cross-site') return refuse(reply, 'cross-site');
      if (!context.view.mayProbe(target)) return refuse(reply, 'unknown-target');
      return measured(target, waitFor(headers['x-prometheus-scrape-timeout-seconds']), context, reply);
    },
  });
}

async function measured(target: string, waitMs: number, { view }: Context, reply: FastifyReply): Promise<FastifyReply> {
  const over = new AbortController();
  try {
    const late = after(waitMs, null, { signal: over.signal, ref: false });
    const report = await Promise.race([view.probe(target, waitMs), late]);
    const held = view.targets().find((entry) => entry.target === target) ?? null;
    const text = (report === null ? '' : await metricsOf(report)) + probeSuccess(report, held);
    return reply.type(EXPOSITION_TYPE).send(text);
  } catch (error) {
    if (!(error instanceof BusyError)) throw error;
    return refuse(reply.header('retry-after', String(Math.ceil(waitMs / 1000))), 'busy');
  } finally {
    over.abort();
  }
}

async function metricsOf(report: Report): Promise<string> {
  const { formatPrometheus } = await import('../../../report/prometheus.ts');
  return formatPrometheus(report);
}

/** The answer is on its way before the one who asked has given up. */
function waitFor(scrapeTimeoutSeconds: number | undefined): number {
  if (scrapeTimeoutSeconds === undefined) return LONGEST_PROBE_MS;
  const offered = scrapeTimeoutSeconds * 1000 - PROBE_OFFSET_MS;
  return Math.round(Math.min(Math.max(offered, 0), LONGEST_PROBE_MS));
}
