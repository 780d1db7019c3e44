/** The whole server without a socket, over a made-up service. */

import type { FastifyInstance } from 'fastify';
import { onTestFinished } from 'vitest';
import type { Log } from '../../../../src/measure/log.ts';
import { createApp } from '../../../../src/service/http/app.ts';
import { type Asset, assetOf } from '../../../../src/service/http/assets.ts';
import type { Access } from '../../../../src/service/http/guard.ts';
import { Streams } from '../../../../src/service/http/streams.ts';
import type { ServiceView } from '../../../../src/service/view.ts';
import { MadeUpService } from '../../../service/made-up-service.ts';

export const ASSETS: readonly Asset[] = [
  assetOf('/', 'text/html; charset=utf-8', '<!doctype html><title>paths</title>'),
  assetOf('/mesh', 'text/html; charset=utf-8', '<!doctype html><title>mesh</title>'),
  assetOf('/assets/app.js', 'text/javascript; charset=utf-8', 'export {};'),
];

export const OPEN: Access = { token: null, loopbackOnly: false };

/** Everything that is logged, as one text. */
export class Heard implements Log {
  readonly lines: string[] = [];
  debug = this.#hear.bind(this);
  info = this.#hear.bind(this);
  warn = this.#hear.bind(this);

  #hear(fields: Readonly<Record<string, unknown>>, message: string): void {
    const { err } = fields;
    this.lines.push(`${message} ${err instanceof Error ? err.message : JSON.stringify(fields)}`);
  }
}

export interface Opened {
  readonly app: FastifyInstance;
  readonly log: Heard;
  readonly streams: Streams;
}

/** To be closed by whoever shares it among tests that change nothing: making one takes some 100 ms. */
export async function open(
  view: ServiceView = new MadeUpService(),
  access: Access = OPEN,
  heartbeatMs = 15_000,
): Promise<Opened> {
  const log = new Heard();
  const streams = new Streams(heartbeatMs);
  const app = await createApp({ view, log, streams, assets: ASSETS }, access);
  await app.ready();
  return { app, log, streams };
}

/** It is closed when the test is over. */
export async function opened(...args: Parameters<typeof open>): Promise<Opened> {
  const all = await open(...args);
  onTestFinished(() => all.app.close());
  return all;
}
