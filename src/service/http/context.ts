/** What routes work with. */

import type { Log } from '../../measure/log.ts';
import type { ServiceView } from '../view.ts';
import type { Asset } from './assets.ts';
import type { Streams } from './streams.ts';

export interface Context {
  readonly view: ServiceView;
  readonly log: Log;
  readonly streams: Streams;
  readonly assets: readonly Asset[];
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** No token is asked for. */
    readonly isPublic?: boolean;
  }
}
