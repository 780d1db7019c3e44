/** What was written of peers → how they are found and measured. */

import { responderPlace } from '../values.ts';
import { defaultOf, fallbackOf } from './fallback.ts';
import type { Given } from './given.ts';
import type { PeersOptions } from './options.ts';
import { refuse, refuseTwice } from './place.ts';
import { runOf } from './run-of.ts';
import { slotsOf } from './schedule.ts';
import { readAs, SCHEMAS } from './schemas.ts';
import { isSettingKey, type SettingKey } from './settings.ts';
import type { TargetKey } from './target-settings.ts';
import type { TargetKeys } from './targets.ts';
import { itemsOf, requireText, type Tree } from './tree.ts';

/** As many as targets. */
const MOST_PEERS = 1000;
/** Of a target, and of no peer: it is a responder with a port of its own. */
const NOT_OF_PEERS: readonly TargetKey[] = ['port', 'sni', 'path'];
/** Any: its parser looks at the kind of target, and peers are responders. */
const SOME_PEER = 'mtu://localhost';

/** @param all what holds for all targets. @returns `null` without peers. @throws UsageError. */
export function peersOf(given: Given, all: TargetKeys, now: Date): PeersOptions | null {
  const source = sourceOf(given.get('peers.hosts'), given.get('peers.dns'));
  if (source === null) {
    const [lost] = [...given].filter(([key]) => key.startsWith('peers.'));
    if (lost !== undefined) refuse(lost[1].place, 'speaks of peers, and none are named: give peers.dns or peers.hosts');
    return null;
  }
  const own = (key: TargetKey): Tree | undefined => given.get(settingKey(key));
  const effective = (key: TargetKey): Tree | null =>
    NOT_OF_PEERS.includes(key) ? null : (own(key) ?? all(key) ?? fallbackOf(key));
  const run = runOf(SOME_PEER, source.tree.place, effective);
  const number = (key: SettingKey, schema: (typeof SCHEMAS)['port' | 'peers']): number =>
    readAs(given.get(key) ?? defaultOf(key), schema);
  return {
    source: source.found,
    port: number('peers.port', SCHEMAS.port),
    httpPort: number('peers.httpPort', SCHEMAS.port),
    fullMesh: number('peers.fullMesh', SCHEMAS.peers),
    perRound: number('peers.perRound', SCHEMAS.peers),
    ...slotsOf(own, all, now),
    timeoutMs: run.measure.timeoutMs,
    // That of targets does not count: they decide unless told otherwise, peers do not.
    gating: readAs(given.get('peers.gating') ?? defaultOf('peers.gating'), SCHEMAS.switch),
    failOn: run.failOn,
    run: { ...run, targets: [] },
  };
}

function settingKey(key: TargetKey): SettingKey {
  const full = `peers.${key}`;
  // Keys that peers have none of are those of all targets, which is looked at anyway.
  return isSettingKey(full) ? full : key;
}

interface Found {
  readonly found: PeersOptions['source'];
  readonly tree: Tree;
}

function sourceOf(hosts: Tree | undefined, dns: Tree | undefined): Found | null {
  if (dns !== undefined) return { found: { kind: 'dns', name: readAs(dns, SCHEMAS.host) }, tree: dns };
  return hosts === undefined ? null : { found: { kind: 'list', hosts: listed(hosts) }, tree: hosts };
}

function listed(tree: Tree): readonly string[] {
  const items = itemsOf(tree);
  if (items.length === 0) refuse(tree.place, 'names no agents: name one, or leave it out');
  if (items.length > MOST_PEERS) refuse(tree.place, `names ${items.length} agents: ${MOST_PEERS} are taken at most`);
  const seen = new Map<string, Tree>();
  for (const item of items) {
    const place = readAs(item, responderPlace);
    const earlier = seen.get(place);
    if (earlier !== undefined) refuseTwice(item.place, requireText(item).text, earlier.place);
    seen.set(place, item);
  }
  return items.map((item) => requireText(item).text);
}
