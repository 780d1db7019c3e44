/** `mtu-probe serve`: the far end of a measurement, until a signal ends it. */

import { parseServeOptions } from '../config/serve.ts';
import { endpointText } from '../endpoint.ts';
import { type Counters, counted } from '../responder/counters.ts';
import { Responder } from '../responder/responder.ts';
import { otherUser } from '../responder/user.ts';
import { EXIT_CODES } from './exit-code.ts';
import { interruptible } from './interruption.ts';
import { createLog } from './log.ts';
import { readSecretFile } from './secret-file.ts';

/** A flood is one line, and not one for each packet. */
const COUNT_EVERY_MS = 60_000;

/** @param given what the command line said. @returns the exit code. @throws MtuProbeError before it serves anybody. */
export async function serveCommand(given: unknown): Promise<number> {
  const options = parseServeOptions(given);
  const dropRoot = otherUser(options.user);
  const secret = options.secretFile === null ? null : readSecretFile(options.secretFile);
  const interruption = interruptible();
  const log = createLog(options.logLevel, process.stderr.isTTY);
  const responder = new Responder({ ...options, secret });
  await log.open();
  dropRoot();
  const addresses = responder.addresses.map(endpointText);
  log.info({ listen: addresses }, `listens on ${addresses.join(' and ')}, UDP and TCP`);
  let last = 0;
  const timer = setInterval(() => {
    const total = sum(responder.counters);
    if (total !== last) log.info(counted(responder.counters), 'until now');
    last = total;
  }, COUNT_EVERY_MS).unref();
  interruption.signal.addEventListener('abort', () => responder.end(), { once: true });
  if (interruption.signal.aborted) responder.end();
  await responder.run();
  clearInterval(timer);
  interruption.end();
  log.info(counted(responder.counters), 'ended');
  await log.flush();
  return EXIT_CODES.clear;
}

function sum(counters: Counters): number {
  return Object.values(counters).reduce((total, count) => total + count, 0);
}
