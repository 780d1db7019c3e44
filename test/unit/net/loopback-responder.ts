/** A responder on loopback for all tests of a file. */

import { afterAll, beforeAll } from 'vitest';
import { Responder } from '../../../src/responder/responder.ts';

export const LOOPBACK = '127.0.0.1';

/** @returns its port, once the tests run. */
export function responderPort(): () => number {
  const listen = [{ address: LOOPBACK, port: 0 }];
  let responder: Responder | null = null;
  let running = Promise.resolve();
  beforeAll(() => {
    responder = new Responder({ listen, maxRate: 100_000_000, maxClients: 16, secret: null });
    running = responder.run();
  });
  afterAll(async () => {
    responder?.end();
    await running;
  });
  return () => responder?.addresses[0]?.port ?? 0;
}
