/** A random network as the simulation knows it. */

import { FLIGHT_BYTES, type RandomNetwork } from '../../../src/lab/random/network.ts';
import type { Network } from './network.ts';

export function simulated(random: RandomNetwork): Network {
  const { family, client, forward, reverse, clamp, echoLimit, lossPercent, rttMs, seed } = random;
  return {
    family,
    interface: client,
    forward,
    reverse,
    loss: lossPercent / 100,
    // Nothing is ever quite at once.
    rttMs: Math.max(0.1, rttMs),
    seed,
    ...(clamp === null ? {} : { clamp }),
    ...(echoLimit === null ? {} : { echoLimit }),
    server: {
      mtu: random.server,
      flight: FLIGHT_BYTES[random.certificate],
      thinkMs: random.thinkMs,
      ...(random.smallBacklog ? { workerMs: 20, backlog: 5 } : {}),
    },
  };
}
