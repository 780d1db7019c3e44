/** Everything that is asked and answered, without a socket yet. */

import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import fastify, { type FastifyInstance } from 'fastify';
import { addApiDocument } from './api-document.ts';
import { answerBrokenRequest, BARE_HEADERS } from './broken-request.ts';
import type { Context } from './context.ts';
import { type Access, guard } from './guard.ts';
import { handleErrors } from './handle-errors.ts';
import * as limit from './limits.ts';
import { addDashboard } from './routes/dashboard.ts';
import { addEvents } from './routes/events.ts';
import { addHealthz } from './routes/healthz.ts';
import { addHistory } from './routes/history.ts';
import { addMesh } from './routes/mesh.ts';
import { addMeshRow } from './routes/mesh-row.ts';
import { addMetrics } from './routes/metrics.ts';
import { addOpenApi } from './routes/openapi.ts';
import { addPath } from './routes/path.ts';
import { addPaths } from './routes/paths.ts';
import { addProbe } from './routes/probe.ts';
import { addReadyz } from './routes/readyz.ts';

const ROUTES: readonly ((app: FastifyInstance, context: Context) => void)[] = [
  addHealthz,
  addReadyz,
  addMetrics,
  addPaths,
  addPath,
  addHistory,
  addEvents,
  addMeshRow,
  addMesh,
  addProbe,
  addOpenApi,
  addDashboard,
];

/** What a page of ours may do: load what stands beside it, and ask this server. */
const POLICY = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  'style-src': ["'self'"],
  'img-src': ["'self'", 'data:'],
  'connect-src': ["'self'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
  'frame-ancestors': ["'none'"],
};

export async function createApp(context: Context, access: Access): Promise<FastifyInstance> {
  const app = fastify({
    logger: false,
    bodyLimit: limit.LARGEST_BODY,
    requestTimeout: limit.REQUEST_MS,
    connectionTimeout: limit.IDLE_MS,
    keepAliveTimeout: limit.KEEP_ALIVE_MS,
    forceCloseConnections: true,
    // A proxy in front is one client: its header could be anybody's.
    trustProxy: false,
    http: {
      maxHeaderSize: limit.LARGEST_HEAD,
      headersTimeout: limit.REQUEST_MS,
      connectionsCheckingInterval: limit.CHECK_REQUESTS_MS,
    },
    routerOptions: { maxParamLength: limit.LONGEST_PARAMETER },
    ajv: { customOptions: { removeAdditional: false } },
    clientErrorHandler: (error, socket) => answerBrokenRequest(error.code, socket),
    frameworkErrors: (error, _, reply) => handleErrors(error, reply.headers(BARE_HEADERS), context.log),
  });
  app.server.maxConnections = limit.MOST_CONNECTIONS;
  await app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: POLICY },
    // What the policy says of frames, for browsers that do not know it.
    frameguard: { action: 'deny' },
    referrerPolicy: { policy: 'no-referrer' },
    // It is no matter of ours whether this host has TLS in front of it.
    strictTransportSecurity: false,
  });
  await app.register(rateLimit, { max: limit.RATES.usual, timeWindow: '1 minute' });
  await addApiDocument(app);
  guard(app, access);
  app.setErrorHandler((error, _, reply) => handleErrors(error, reply, context.log));
  app.addHook('preClose', async () => context.streams.close());
  for (const add of ROUTES) add(app, context);
  return app;
}
