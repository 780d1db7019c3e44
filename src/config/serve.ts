/** What was typed → options of a responder. */

import * as v from 'valibot';
import { UsageError } from '../errors.ts';
import { RESPONDER_PORT } from '../wire/responder.ts';
import { SERVE_DEFAULTS } from './defaults.ts';
import { LOG_LEVELS, type LogLevel } from './options.ts';
import { choice, listenAddresses, text, userName, wholeNumber } from './values.ts';

/** Below, not even one wave of full packets leaves within a second. */
const LOWEST_RATE = 100_000;
const HIGHEST_RATE = 1_250_000_000; // 10 Gbit/s: beyond it is a typing error
const MOST_CLIENTS = 65535;

export interface ServeOptions {
  /** `null` is all addresses. */
  readonly listen: readonly { readonly address: string; readonly port: number }[] | null;
  /** Bytes per second. */
  readonly maxRate: number;
  readonly maxClients: number;
  readonly secretFile: string | null;
  /** Name or numbers; `null` is nobody for root, and who it is for all others. */
  readonly user: string | null;
  readonly logLevel: LogLevel;
}

export function maxRate(name: string) {
  return wholeNumber(name, LOWEST_RATE, HIGHEST_RATE);
}

export function maxClients(name: string) {
  return wholeNumber(name, 1, MOST_CLIENTS);
}

const VALUES = v.strictObject(
  {
    listen: v.nullish(listenAddresses('--listen', RESPONDER_PORT), null),
    maxRate: v.optional(maxRate('--max-rate'), SERVE_DEFAULTS.maxRate),
    maxClients: v.optional(maxClients('--max-clients'), SERVE_DEFAULTS.maxClients),
    secretFile: v.nullish(text('--secret-file'), null),
    user: v.nullish(userName('--user'), null),
    logLevel: v.optional(choice('--log-level', LOG_LEVELS), SERVE_DEFAULTS.logLevel),
  },
  ({ received }) => `unknown option ${received}: see mtu-probe serve --help`,
);

/** Every option there is, by the name that the command line gives to its value. */
export const SERVE_OPTION_NAMES: readonly string[] = Object.keys(VALUES.entries);

/** @throws UsageError with one line that names the option and says what to write instead. */
export function parseServeOptions(values: unknown): ServeOptions {
  const parsed = v.safeParse(VALUES, values, { abortEarly: true, abortPipeEarly: true });
  if (!parsed.success) throw new UsageError(parsed.issues[0].message);
  return parsed.output;
}
