/** What was typed, and what the environment says → where a service is asked for its health. */

import * as v from 'valibot';
import { endpointText } from '../endpoint.ts';
import { UsageError } from '../errors.ts';
import { HEALTH_DEFAULTS } from './defaults.ts';
import { duration } from './quantities.ts';
import { listenAddress, text } from './values.ts';

export interface HealthOptions {
  /** Without a path. */
  readonly url: URL;
  /** For one question. */
  readonly timeoutMs: number;
  /** 0 asks once. */
  readonly waitMs: number;
  /** Of everything but health: for the report of what is in the way. */
  readonly tokenFile: string | null;
}

const VALUES = v.strictObject(
  {
    url: v.optional(serviceUrl('--url')),
    timeout: v.optional(duration('--timeout', '100ms', '1d'), HEALTH_DEFAULTS.timeout),
    wait: v.optional(duration('--wait', '0s', '1d'), HEALTH_DEFAULTS.wait),
    tokenFile: v.optional(text('--token-file')),
  },
  ({ received }) => `unknown option ${received}: see mtu-probe health --help`,
);

/** Every option there is, by the name that the command line gives to its value. */
export const HEALTH_OPTION_NAMES: readonly string[] = Object.keys(VALUES.entries);

/**
 * @param environment `MTU_PROBE_LISTEN` and `MTU_PROBE_TOKEN_FILE` are those of the service beside it.
 * @throws UsageError with one line that names the option and says what to write instead.
 */
export function parseHealthOptions(
  values: unknown,
  environment: Readonly<Record<string, string | undefined>>,
): HealthOptions {
  const parsed = v.safeParse(VALUES, values, { abortEarly: true, abortPipeEarly: true });
  if (!parsed.success) throw new UsageError(parsed.issues[0].message);
  const { url, timeout, wait, tokenFile } = parsed.output;
  return {
    url: url ?? urlOfService(environment['MTU_PROBE_LISTEN']),
    timeoutMs: timeout,
    waitMs: wait,
    tokenFile: tokenFile ?? (environment['MTU_PROBE_TOKEN_FILE'] || null),
  };
}

/** Who listens on all addresses is asked on loopback. */
function urlOfService(listen: string | undefined): URL {
  const standard = new URL(HEALTH_DEFAULTS.url);
  if (listen === undefined || listen === '') return standard;
  const parsed = v.safeParse(listenAddress('MTU_PROBE_LISTEN', Number(standard.port)), listen);
  if (!parsed.success) throw new UsageError(parsed.issues[0].message);
  const { address, port } = parsed.output;
  return new URL(`http://${endpointText({ address: LOOPBACK[address] ?? address, port })}`);
}

const LOOPBACK: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '::1' };

function serviceUrl(option: string) {
  const message = ({ input }: { readonly input: unknown }): string =>
    `${option} ${String(input)} cannot be used: give where the service is, as in ${HEALTH_DEFAULTS.url}`;
  const isPlace = ({ protocol, pathname, search, username }: URL): boolean =>
    /^https?:$/.test(protocol) && pathname === '/' && search === '' && username === '';
  return v.pipe(
    v.string(message),
    v.check((value) => URL.canParse(value) && isPlace(new URL(value)), message),
    v.transform((value) => new URL(value)),
  );
}
