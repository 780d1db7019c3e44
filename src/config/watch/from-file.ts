/** The file → what was given. */

import type { Given } from './given.ts';
import { fault, type Place, refuse } from './place.ts';
import { isSettingKey, SETTING_KEYS, type SettingKey, SHORT_FORMS } from './settings.ts';
import { type Mapping, type Tree, textTree } from './tree.ts';
import { unknownKey } from './unknown-key.ts';
import { readYaml } from './yaml.ts';

/** Mappings of settings: `history`, `responder`, `peers`, `probe`. */
const GROUPS = new Set(SETTING_KEYS.filter((key) => key.includes('.')).map((key) => key.slice(0, key.indexOf('.'))));

/** @throws UsageError with file and line. */
export function givenByFile(text: string, file: string): Given {
  const whole: Place = { source: { kind: 'file', file }, path: '', line: null };
  const root = readYaml(text, whole);
  if (root === null) throw fault(whole, 'there is nothing in it: write keys as in docs/configuration.md, or remove it');
  if (root.kind !== 'mapping') throw fault(root.place, `it is a ${root.kind}: begin with keys, as in "targets:"`);
  const given = new Map<SettingKey, Tree>();
  for (const [key, tree] of root.entries) {
    if (GROUPS.has(key)) readGroup(key, tree, given);
    else if (isSettingKey(key)) given.set(key, tree);
    else unknownKey(key, tree, [...SETTING_KEYS, ...GROUPS]);
  }
  return given;
}

function readGroup(group: string, tree: Tree, given: Map<SettingKey, Tree>): void {
  if (tree.kind !== 'mapping') {
    const short = SHORT_FORMS[group];
    if (short?.kind !== tree.kind) {
      refuse(tree.place, `is a ${tree.kind}: give it keys, which are ${keysOf(group).join(', ')}`);
    }
    given.set(short.key, tree);
    return;
  }
  // Who sets it up wants it; who does not, leaves it out.
  if (group === 'responder') given.set('responder', textTree('true', tree.place));
  if (group === 'peers' && !hasPeers(tree)) refuse(tree.place, 'names no agents: give it dns or hosts');
  for (const [key, value] of tree.entries) {
    const full = `${group}.${key}`;
    if (isSettingKey(full)) given.set(full, value);
    else unknownKey(key, value, keysOf(group));
  }
}

function hasPeers({ entries }: Mapping): boolean {
  return entries.size > 0;
}

function keysOf(group: string): readonly string[] {
  return SETTING_KEYS.filter((key) => key.startsWith(`${group}.`)).map((key) => key.slice(group.length + 1));
}
