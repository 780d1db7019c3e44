/** `mtu-probe health`: whether the paths of a running service carry their packets, as an exit code. */

import { setTimeout as after } from 'node:timers/promises';
import { type HealthOptions, parseHealthOptions } from '../config/health.ts';
import { oneLine } from '../report/printable.ts';
import type { Readiness } from '../service/contract.ts';
import { askService } from './ask-service.ts';
import { EXIT_CODES } from './exit-code.ts';
import { readTokenFile } from './token-file.ts';

/** Often enough for a job that waits, and nothing beside a measurement. */
const ASK_AGAIN_MS = 1000;

/** Readiness, or in one line why there is none. */
type Health = Readiness | string;

/** @param given what the command line said. @returns the exit code. @throws MtuProbeError before it asks. */
export async function healthCommand(given: unknown): Promise<number> {
  const options = parseHealthOptions(given, process.env);
  const token = options.tokenFile === null ? null : readTokenFile(options.tokenFile);
  const health = await untilCertain(options, performance.now());
  if (typeof health === 'string') {
    console.error(`mtu-probe: ${oneLine(health)}`);
    return EXIT_CODES.unknown;
  }
  if (health.ready) return EXIT_CODES.clear;
  for (const reason of health.reasons) console.error(`mtu-probe: not ready: ${oneLine(reason)}`);
  const { whatIsInTheWay } = await import('./in-the-way.ts');
  const report = await whatIsInTheWay(options, token);
  if (report !== '') console.error(`\n${report.trimEnd()}`);
  return EXIT_CODES.found;
}

/** Whoever is still being measured, or has not started yet, is asked again while there is time. */
async function untilCertain(options: HealthOptions, startedMs: number): Promise<Health> {
  for (;;) {
    const health = await askOnce(options);
    const isCertain = typeof health !== 'string' && (health.ready || !health.pending);
    const leftMs = options.waitMs - (performance.now() - startedMs);
    if (isCertain || leftMs <= 0) return health;
    await after(Math.min(ASK_AGAIN_MS, leftMs));
  }
}

async function askOnce({ url, timeoutMs }: HealthOptions): Promise<Health> {
  try {
    const { status, body } = await askService(url, '/readyz', null, timeoutMs);
    return isReadiness(body) ? body : `${url.origin} answers ${status}, and not as "mtu-probe watch" does: check --url`;
  } catch (error) {
    return `nothing answers at ${url.origin} (${reasonOf(error)}): is "mtu-probe watch" running there?`;
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code, name, message } = error as NodeJS.ErrnoException;
  return name === 'AbortError' || name === 'TimeoutError' ? 'not within --timeout' : (code ?? message);
}

function isReadiness(body: unknown): body is Readiness {
  if (typeof body !== 'object' || body === null) return false;
  const { ready, reasons, pending } = body as Partial<Record<keyof Readiness, unknown>>;
  const isList = Array.isArray(reasons) && reasons.every((reason) => typeof reason === 'string');
  return typeof ready === 'boolean' && typeof pending === 'boolean' && isList;
}
