/** The effective configuration, as a file that means the same: each value with where it comes from. */

import { Document, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import { oneLine } from '../../report/printable.ts';
import { fallbackOf } from './fallback.ts';
import type { LoadedWatchOptions } from './load.ts';
import { whereIs } from './place.ts';
import { SETTING_KEYS, SETTINGS, type SettingKey } from './settings.ts';
import { itemsOf, type Text, type Tree, textTree } from './tree.ts';

/** What every reader of YAML takes for the same text without quotes, or for the number or switch that it is here. */
const PLAIN = /^(?!(?:null|yes|no|on|off|y|n)$)[a-z0-9./][\w./:@+-]*(?<!:)$/i;

type Loaded = Pick<LoadedWatchOptions, 'given' | 'options'>;

/** @returns YAML, with a line break at its end. */
export function printedConfiguration(loaded: Loaded): string {
  const root = new YAMLMap<Scalar, unknown>();
  const groups = new Map<string, YAMLMap<Scalar, unknown>>();
  for (const [key, tree] of effective(loaded)) {
    const [first = '', name] = key.split('.');
    const node = SETTINGS[key].kind === 'list' ? sequence(itemsOf(tree)) : nodeOf(tree);
    const group = name === undefined ? root : (groups.get(first) ?? new YAMLMap<Scalar, unknown>());
    group.set(new Scalar(name ?? first), node);
    if (name !== undefined && !groups.has(first)) {
      groups.set(first, group);
      root.set(new Scalar(first), group);
    }
  }
  return new Document(root, { schema: 'failsafe' }).toString({ lineWidth: 0 });
}

/** Everything that counts, in the order of the table. */
function effective({ given, options }: Loaded): readonly (readonly [SettingKey, Tree])[] {
  return SETTING_KEYS.flatMap((key): (readonly [SettingKey, Tree])[] => {
    if (key === 'interval' && given.has('cron')) return [];
    if (key.startsWith('peers.') && options.peers === null) return [];
    if (key.startsWith('responder.') && options.responder === null) return [];
    // A mapping says that it is on, and off is off whatever else is set up.
    if (key === 'responder') return options.responder === null ? [[key, given.get(key) ?? off()]] : [];
    const tree = given.get(key) ?? fallbackOf(key);
    return tree === null ? [] : [[key, tree]];
  });
}

function off(): Text {
  return textTree('false', { source: { kind: 'file', file: 'default' }, path: 'responder', line: null });
}

function nodeOf(tree: Tree): Scalar | YAMLMap | YAMLSeq {
  if (tree.kind === 'text') return scalar(tree, PLAIN.test(tree.text));
  return tree.kind === 'list' ? sequence(tree.items) : mapping(tree.entries);
}

function sequence(items: readonly Tree[]): YAMLSeq {
  const node = new YAMLSeq();
  for (const item of items) node.add(nodeOf(item));
  return node;
}

function mapping(entries: ReadonlyMap<string, Tree>): YAMLMap {
  const node = new YAMLMap<Scalar, unknown>();
  for (const [key, tree] of entries) node.set(new Scalar(key), key === 'labels' ? labels(tree) : nodeOf(tree));
  return node;
}

/** Always text, to whoever reads it: `team: "7"`. */
function labels(tree: Tree): YAMLMap | Scalar | YAMLSeq {
  if (tree.kind !== 'mapping') return nodeOf(tree);
  const node = new YAMLMap<Scalar, unknown>();
  for (const [name, value] of tree.entries) {
    node.set(new Scalar(name), value.kind === 'text' ? scalar(value, false) : nodeOf(value));
  }
  return node;
}

function scalar({ text, place }: Text, plain: boolean): Scalar {
  const node = new Scalar(text);
  node.type = plain ? 'PLAIN' : 'QUOTE_DOUBLE';
  node.comment = ` ${oneLine(whereIs(place))}`;
  return node;
}
