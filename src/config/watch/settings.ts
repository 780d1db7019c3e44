/**
 * Everything that `watch` can be told, once: the command line, the environment, the file, `config print` and
 * docs/configuration.md are made of this table or compared with it. It is light: the command line loads it for help.
 */

import { RESPONDER_PORT } from '../../wire/responder.ts';
import { SERVE_DEFAULTS } from '../defaults.ts';
import { LOG_LEVELS } from '../options.ts';
import { either, many, one, type Setting } from './setting.ts';
import { TARGET_SETTINGS } from './target-settings.ts';
import type { Tree } from './tree.ts';

/** Of the HTTP of an agent; not assigned by IANA, and among those that exporters of metrics use. */
export const HTTP_PORT = 9482;

/** By the key in the file; a dot leads into a mapping. */
export const SETTINGS = {
  targets: many(
    'target',
    'targets',
    'host|url',
    'what to measure: rubygems.org, https://host/path, host:port, mtu://host, or {target: …, labels: …}; may be repeated',
  ),
  ...TARGET_SETTINGS,
  /** Two cores of a small container are busy with four runs; the others wait for their turn. */
  concurrency: one('concurrency', 'n', '4', 'so many runs at once, from 1 to 64'),
  /** Nobody but this host, until somebody says so. */
  listen: one('listen', 'address:port', `127.0.0.1:${HTTP_PORT}`, 'HTTP is served there; IPv6 is in brackets'),
  tokenFile: one('tokenFile', 'file', null, 'holds the bearer token of everything but health'),
  secretFile: one('secretFile', 'file', null, 'holds what responders know their own probers by'),
  logLevel: one('logLevel', 'level', 'info', `${LOG_LEVELS.join(', ')}, to stderr`),
  'history.path': one(
    'history.path',
    'file',
    null,
    'keeps the history there; without it in memory, until the process ends',
    'history',
  ),
  /** A week shows what a day of the week does. */
  'history.keepSuccesses': one('history.keepSuccesses', 'duration', '7d', 'runs that did not fail are kept so long'),
  /** A quarter: who looks into an incident comes late. */
  'history.keepFailures': one('history.keepFailures', 'duration', '90d', 'runs that failed are kept so long'),
  /** Fits the smallest volume that is usual in a cluster (1 GiB) several times. */
  'history.maxSize': one('history.maxSize', 'size', '256MB', 'of its file; the oldest successes go first'),
  /** It opens a port to everybody: only who asks for it, or has peers, gets it. */
  responder: either('responder', null, 'be the far end for others as well; without it only with peers'),
  'responder.listen': many(
    'responder.listen',
    'responder.listen',
    'address[:port]',
    `UDP and TCP there; may be repeated; without it all addresses, port ${RESPONDER_PORT}`,
  ),
  'responder.maxRate': one(
    'responder.maxRate',
    'bytes',
    SERVE_DEFAULTS.maxRate,
    'it sends no more than this in a second',
  ),
  'responder.maxClients': one(
    'responder.maxClients',
    'n',
    SERVE_DEFAULTS.maxClients,
    'it serves no more than this at once',
  ),
  'peers.hosts': many('peer', 'peers', 'host[:port]', 'another agent to measure the way to; may be repeated'),
  'peers.dns': one('peers.dns', 'name', null, 'all addresses of this name are agents, as of a headless service'),
  'peers.port': one('peers.port', 'port', String(RESPONDER_PORT), 'of the responder of peers that name none'),
  'peers.httpPort': one('peers.httpPort', 'port', String(HTTP_PORT), 'of the HTTP of every peer'),
  /** 32 agents are 992 ordered pairs: each measures 31 others within a minute. */
  'peers.fullMesh': one('peers.fullMesh', 'n', '32', 'up to so many agents each measures all others'),
  /** A thousand agents know each other after two hours, and none sends more than in a mesh of nine. */
  'peers.perRound': one('peers.perRound', 'n', '8', 'beyond that, so many of them in each round'),
  'peers.interval': one('peers.interval', 'duration', null, 'as interval, for peers alone'),
  'peers.cron': one('peers.cron', 'expression', null, 'as cron, for peers alone'),
  'peers.timeZone': one('peers.timeZone', 'name', null, 'as timeZone, for peers alone'),
  'peers.jitter': one('peers.jitter', 'duration', null, 'as jitter, for peers alone'),
  'peers.timeout': one('peers.timeout', 'duration', null, 'as timeout, for peers alone'),
  'peers.failOn': one('peers.failOn', 'verdict', null, 'as failOn, for peers alone'),
  'peers.expectMtu': one('peers.expectMtu', 'bytes', null, 'as expectMtu, for peers alone'),
  'peers.method': one('peers.method', 'method', null, 'as method, for peers alone'),
  'peers.direction': one('peers.direction', 'direction', null, 'as direction, for peers alone'),
  /** Else one broken node makes all others unready as well. */
  'peers.gating': either('peers.gating', 'false', 'peers decide over readiness as well'),
  'probe.allow': many(
    'probe.allow',
    'probe.allow',
    'host|url',
    'what /probe measures besides the targets; may be repeated',
  ),
  notifications: many(
    'notification',
    'notifications',
    'url',
    'events are posted there: a URL, or {url: …, secretFile: …}; may be repeated',
  ),
} as const satisfies Record<string, Setting>;

export type SettingKey = keyof typeof SETTINGS;

export const SETTING_KEYS = Object.keys(SETTINGS) as readonly SettingKey[];

/** Not in the file, since it names the file. */
export const CONFIG_SETTING: Setting = one(
  'config',
  'file',
  null,
  'YAML with all of this; without it mtu-probe.yaml, then /etc/mtu-probe/mtu-probe.yaml, if there is one',
);

/** What a mapping means that is no mapping: `history: ./mtu-probe.db`. */
export const SHORT_FORMS: Readonly<Record<string, { readonly kind: Tree['kind']; readonly key: SettingKey }>> = {
  history: { kind: 'text', key: 'history.path' },
  responder: { kind: 'text', key: 'responder' },
  peers: { kind: 'list', key: 'peers.hosts' },
};

export function isSettingKey(key: string): key is SettingKey {
  return Object.hasOwn(SETTINGS, key);
}
