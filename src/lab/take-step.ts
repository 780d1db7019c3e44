/** Carries out what happens before a measurement. */

import { setTimeout as sleep } from 'node:timers/promises';
import { EnvironmentError } from '../errors.ts';
import { program } from '../shipped.ts';
import { command } from './command.ts';
import type { Network } from './network.ts';
import type { Step } from './scenario.ts';

const ATTEMPTS = 100;
const PAUSE_MS = 10; // a Packet Too Big between namespaces takes less than one millisecond

/** @throws EnvironmentError when the network did not do what the step says. */
export async function takeStep(network: Network, step: Step): Promise<void> {
  switch (step.kind) {
    case 'set-mtu':
      await command(network.enter(step.host, ['ip', 'link', 'set', step.device, 'mtu', `${step.mtu}`]));
      return;
    case 'learn':
      await command(network.enter(step.host, program('lab/send-datagram', step.to, `${step.size}`)));
      await untilLearnt(network, step);
  }
}

async function untilLearnt(network: Network, { host, to, pathMtu }: Extract<Step, { kind: 'learn' }>): Promise<void> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const route = await command(network.enter(host, ['ip', 'route', 'get', to]));
    if (new RegExp(`\\bmtu ${pathMtu}\\b`).test(route)) return;
    await sleep(PAUSE_MS);
  }
  throw new EnvironmentError(`${host} did not learn the path MTU ${pathMtu} towards ${to}: look with "ip route get"`);
}
