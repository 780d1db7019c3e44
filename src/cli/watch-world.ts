/** This host, as the service needs it: real measurements, names, interfaces, and the files that options name. */

import { lookup } from 'node:dns/promises';
import { hostname, networkInterfaces } from 'node:os';
import type { WatchOptions } from '../config/watch/options.ts';
import type { Log } from '../measure/log.ts';
import { sendSmallPackets } from '../net/small-packets.ts';
import { run } from '../run.ts';
import { AddressTurns } from '../service/runs/address-turns.ts';
import type { Secrets, World } from '../service/watch.ts';
import { runDeps } from './measure.ts';
import { readSecretFile } from './secret-file.ts';
import { readTokenFile } from './token-file.ts';
import { version } from './version.ts';

/** @param secret what responders know their own probers by. */
export function watchWorld(log: Log, secret: Uint8Array | null): World {
  const turns = new AddressTurns();
  const parts = {
    log: calmer(log),
    secret,
    onProgress: null,
    job: null,
    turn: (address: string, signal: AbortSignal) => turns.take(address, signal),
  };
  return {
    measure: (options, signal) => run(options, runDeps(options, parts, signal), signal),
    log,
    version: version(),
    host: hostname(),
    random: Math.random,
    prepareServer: sendSmallPackets,
    lookup: (name) => lookup(name, { all: true }),
    interfaces: networkInterfaces,
  };
}

/** @throws UsageError for a file that cannot be used. */
export function readSecrets({ tokenFile, secretFile, webhooks }: WatchOptions): Secrets {
  const read = (file: string | null, option: string): Uint8Array | null =>
    file === null ? null : readSecretFile(file, option);
  return {
    token: tokenFile === null ? null : readTokenFile(tokenFile),
    secret: read(secretFile, '--secret-file'),
    webhooks: webhooks.map(({ url, secretFile: file }) => ({ url, secret: read(file, 'secretFile of a webhook:') })),
  };
}

/** What every run says again is said once where a person should mend it, and else only to whoever looks closer. */
function calmer(log: Log): Log {
  const said = new Set<string>();
  return {
    debug: (fields, message) => log.debug(fields, message),
    info: (fields, message) => log.debug(fields, message),
    warn: (fields, message) => {
      if (said.has(message)) return;
      said.add(message);
      log.warn(fields, message);
    },
  };
}
