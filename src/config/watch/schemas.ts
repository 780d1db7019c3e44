/** How each value is read. What a run is asked for is read by the run's own parser. */

import * as v from 'valibot';
import { LOG_LEVELS } from '../options.ts';
import { duration, size } from '../quantities.ts';
import { choice, host, listenAddress, refusal, text, wholeNumber } from '../values.ts';
import { fault, nameOf } from './place.ts';
import { HTTP_PORT } from './settings.ts';
import { requireText, type Tree } from './tree.ts';

const LARGEST_PORT = 65535; // RFC 9293 §3.1
/** Each run holds dozens of sockets: beyond, a usual limit of 1024 descriptors is near. */
const MOST_RUNS = 64;
/** As many as targets. */
const MOST_PEERS = 1000;

type SchemaOf<Value> = (name: string) => v.GenericSchema<unknown, Value>;

export const SCHEMAS = {
  /** Faster, a run has not ended before the next one; slower than a month is a typing error. */
  interval: (name) => duration(name, '1s', '31d'),
  jitter: (name) => duration(name, '0s', '31d'),
  /** Below, not even one wave comes back; beyond an hour it is a typing error. */
  timeout: (name) => duration(name, '100ms', '1h'),
  /** Younger than an hour nothing is history; ten years outlive every disk. */
  keep: (name) => duration(name, '1h', '3650d'),
  /** SQLite needs some pages for its tables; beyond 1 TB it is a typing error. */
  maxSize: (name) => size(name, '1MB', '1000GB'),
  concurrency: (name) => wholeNumber(name, 1, MOST_RUNS),
  port: (name) => wholeNumber(name, 1, LARGEST_PORT),
  peers: (name) => wholeNumber(name, 1, MOST_PEERS),
  /** Without brackets, "::1:9482" is an address and no port. */
  listen: (name) =>
    v.pipe(
      v.string(),
      v.regex(
        /^([^:]*(:\d+)?|\[.*\](:\d+)?)$/,
        refusal(name, `give an address with its port, as in 0.0.0.0:${HTTP_PORT} or [::]:${HTTP_PORT}`),
      ),
      listenAddress(name, HTTP_PORT),
    ),
  logLevel: (name) => choice(name, LOG_LEVELS),
  text,
  host,
  /** YAML 1.2 has two words for it (§10.3.2); "yes" and "on" are texts. */
  switch: (name) =>
    v.pipe(
      v.picklist(['true', 'false'], refusal(name, 'write true or false')),
      v.transform((word) => word === 'true'),
    ),
} as const satisfies Record<string, SchemaOf<unknown>>;

/** @throws UsageError that names what was written and where. */
export function readAs<Value>(tree: Tree, schema: SchemaOf<Value>): Value {
  const parsed = v.safeParse(schema(nameOf(tree.place)), requireText(tree).text, {
    abortEarly: true,
    abortPipeEarly: true,
  });
  if (!parsed.success) throw fault(tree.place, parsed.issues[0].message);
  return parsed.output;
}
