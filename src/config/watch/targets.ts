/** What was written of targets → targets: each with its own settings, and those of all where it has none. */

import { requireTimeZone } from './cron.ts';
import { fallbackOf } from './fallback.ts';
import { labelsOf } from './labels.ts';
import type { WatchedTarget } from './options.ts';
import type { CheckTarget, Outside } from './outside.ts';
import { fault, nameOf, type Place, refuse, refuseTwice } from './place.ts';
import { runOf } from './run-of.ts';
import { slotsOf } from './schedule.ts';
import { readAs, SCHEMAS } from './schemas.ts';
import { isTargetKey, TARGET_OWN_KEYS, TARGET_SETTINGS, type TargetKey } from './target-settings.ts';
import { itemsOf, type Mapping, requireText, type Tree } from './tree.ts';
import { unknownKey } from './unknown-key.ts';

/** One agent is no scan of a network; as for `--targets` of `run`. */
const MOST_TARGETS = 1000;

/** Of all targets. */
export type TargetKeys = (key: TargetKey) => Tree | undefined;

/** @throws UsageError. */
export function targetsOf(
  tree: Tree | undefined,
  all: TargetKeys,
  { now, checkTarget }: Pick<Outside, 'now' | 'checkTarget'>,
): readonly WatchedTarget[] {
  if (tree === undefined) return [];
  const items = itemsOf(tree);
  if (items.length > MOST_TARGETS) {
    refuse(tree.place, `has ${items.length} targets: ${MOST_TARGETS} are taken at most, share them between agents`);
  }
  const seen = new Map<string, Place>();
  return items.map((item) => {
    const target = oneTarget(item, all, now(), checkTarget);
    const earlier = seen.get(target.target);
    if (earlier !== undefined) refuseTwice(item.place, target.target, earlier);
    seen.set(target.target, item.place);
    return target;
  });
}

function oneTarget(item: Tree, all: TargetKeys, now: Date, check: CheckTarget): WatchedTarget {
  const own = item.kind === 'mapping' ? ownKeys(item) : new Map<TargetKey, Tree>();
  const named = requireText(item.kind === 'mapping' ? nameIn(item) : item);
  const { text: target, place } = named;
  if (target.startsWith('-')) refuse(place, `${target} looks like an option: give a name, an address or a URL`);
  const mine: TargetKeys = (key) => own.get(key);
  const effective = (key: TargetKey): Tree | null => own.get(key) ?? all(key) ?? fallbackOf(key);
  const run = runOf(target, place, effective);
  const wrong = check(target, run.resolve);
  if (wrong !== null) throw fault(place, `${nameOf(place)}: ${wrong}`);
  const gating = effective('gating');
  return {
    target,
    labels: labelsOf(item.kind === 'mapping' ? item.entries.get('labels') : undefined),
    ...slotsOf(mine, all, now),
    timeoutMs: run.measure.timeoutMs,
    gating: gating === null || readAs(gating, SCHEMAS.switch),
    run,
  };
}

function nameIn({ entries, place }: Mapping): Tree {
  return entries.get('target') ?? refuse(place, 'names no target: give it one, as in target: rubygems.org');
}

function ownKeys({ entries }: Mapping): ReadonlyMap<TargetKey, Tree> {
  const own = new Map<TargetKey, Tree>();
  for (const [key, tree] of entries) {
    if (isTargetKey(key)) own.set(key, tree);
    else if (!TARGET_OWN_KEYS.some((each) => each === key)) {
      unknownKey(key, tree, [...TARGET_OWN_KEYS, ...Object.keys(TARGET_SETTINGS)]);
    }
  }
  return own;
}

/** Every value that was given to all is one that a target could have, even where each has its own. @throws UsageError. */
export function requireUsable(all: TargetKeys, now: Date): void {
  const nobody: Place = { source: { kind: 'file', file: 'default' }, path: 'target', line: null };
  const alone =
    (key: TargetKey, tree: Tree): TargetKeys =>
    (each) =>
      each === key ? tree : undefined;
  for (const key of Object.keys(TARGET_SETTINGS).filter(isTargetKey)) {
    const tree = all(key);
    if (tree === undefined) continue;
    if (key === 'timeZone') requireTimeZone(requireText(tree).text, tree.place);
    else if (key === 'gating') readAs(tree, SCHEMAS.switch);
    else if (key === 'jitter') readAs(tree, SCHEMAS.jitter);
    else if (key === 'interval' || key === 'cron') slotsOf(alone(key, tree), () => undefined, now);
    else runOf('localhost', nobody, (each) => (each === key ? tree : null));
  }
}
