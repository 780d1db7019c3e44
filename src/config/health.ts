/** What was typed, and what the environment says → where a service is asked for its health. */

import * as v from 'valibot';
import { UsageError } from '../errors.ts';
import { HEALTH_DEFAULTS } from './defaults.ts';
import { duration } from './quantities.ts';
import { text } from './values.ts';

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
  if (listen === undefined || listen === '') return new URL(HEALTH_DEFAULTS.url);
  const standard = new URL(HEALTH_DEFAULTS.url);
  const [, bracketed, plain, port = standard.port] =
    /^(?:\[([0-9a-f:.]+)\]|([^\s:/?#@[\]]+|[0-9a-f]*:[0-9a-f:.]*))(?::(\d{1,5}))?$/i.exec(listen) ?? [];
  const address = bracketed ?? plain;
  const host = address === '0.0.0.0' ? '127.0.0.1' : address === '::' ? '::1' : address;
  const url = host?.includes(':') ? `http://[${host}]:${port}` : `http://${host}:${port}`;
  if (host !== undefined && URL.canParse(url)) return new URL(url);
  throw new UsageError(`MTU_PROBE_LISTEN ${listen} cannot be used: give an address and a port, as in 127.0.0.1:9482`);
}

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
