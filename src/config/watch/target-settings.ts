/** What can be said of all targets at once, and of each on its own. */

import { RANKED_VERDICTS } from '../../contract.ts';
import { DEFAULTS, DIRECTION_CHOICES } from '../defaults.ts';
import { PROBE_METHODS } from '../options.ts';
import { either, one, type Setting } from './setting.ts';

/**
 * What a run is asked for, by the names of its own options. `waitRecovery` is none: a service looks again anyway, and
 * a run that waits would hold a turn.
 */
export const RUN_SETTINGS = {
  timeout: one('timeout', 'duration', '20s', 'for one whole run of a target'),
  failOn: one('failOn', 'verdict', DEFAULTS.failOn, `${RANKED_VERDICTS.join(', ')}: a path fails from here on`),
  expectMtu: one('expectMtu', 'bytes', null, 'a path fails when it is proved to carry less'),
  method: one(
    'method',
    'method',
    DEFAULTS.method,
    `${PROBE_METHODS.join(', ')}: TCP and ICMP echo, one of them, or QUIC (DNS on port 53)`,
  ),
  direction: one('direction', 'direction', null, `${DIRECTION_CHOICES.join(', ')}; without it all that can be seen`),
  ipv4: either('ipv4', 'false', 'only IPv4 addresses', '4'),
  ipv6: either('ipv6', 'false', 'only IPv6 addresses', '6'),
  firstAddress: either('firstAddress', 'false', 'only the first address that has a route'),
  port: one('port', 'port', null, 'TCP port, instead of the one of the URL (443, then 80, for a bare host)'),
  sni: one('sni', 'name', null, 'server name for TLS, instead of the one of the target'),
  path: one('path', 'path', null, 'path to download when the TLS handshake alone is too short'),
  minMtu: one('minMtu', 'bytes', null, 'smallest packet tried; without it 576, for IPv6 1280'),
  maxMtu: one('maxMtu', 'bytes', null, 'largest packet tried; without it the MTU of the interface'),
  advertiseMtu: one(
    'advertiseMtu',
    'bytes',
    null,
    'ask the target for packets of this size, whatever the interface takes (needs CAP_NET_ADMIN)',
  ),
  flushCache: either('flushCache', 'false', 'look past the path MTU that this host remembers (needs CAP_NET_ADMIN)'),
  gentle: either('gentle', 'false', 'one probe at a time'),
  interface: one('interface', 'interface', null, 'leave through this interface'),
  source: one('source', 'address', null, 'leave from this address'),
  environment: one(
    'environment',
    'environment',
    null,
    'show what to change there; docs/remedies.md has all; without it what is detected',
  ),
} as const satisfies Record<string, Setting>;
export type RunKey = keyof typeof RUN_SETTINGS;

/** When a run is due, and what it decides. */
const SLOT_SETTINGS = {
  /** A black hole is known within a minute, and a target is asked for a few connections in it. */
  interval: one('interval', 'duration', '60s', 'a run begins every so often, from 1s to 31d'),
  cron: one(
    'cron',
    'expression',
    null,
    'a run begins then instead, as in "*/5 * * * *"; six fields begin with seconds',
  ),
  timeZone: one('timeZone', 'name', null, 'of cron, as in Europe/Berlin; without it that of this host'),
  /** One agent alone needs none, and slots are where they are expected; a fleet does, and knows by how much. */
  jitter: one('jitter', 'duration', '0s', 'each run begins up to so much later, by chance; less than the interval'),
  /** Whoever names a target wants to be told when it cannot be reached as it should. */
  gating: either('gating', 'true', 'targets decide over readiness; with --no-gating they are only watched'),
} as const satisfies Record<string, Setting>;

export const TARGET_SETTINGS = { ...SLOT_SETTINGS, ...RUN_SETTINGS } as const;
export type TargetKey = keyof typeof TARGET_SETTINGS;

/** What a target has besides, and only on its own. */
export const TARGET_OWN_KEYS = ['target', 'labels'] as const;

export function isTargetKey(key: string): key is TargetKey {
  return Object.hasOwn(TARGET_SETTINGS, key);
}

export function isRunKey(key: string): key is RunKey {
  return Object.hasOwn(RUN_SETTINGS, key);
}
