/** What the command line said → what was given. */

import { UsageError } from '../../errors.ts';
import type { Given } from './given.ts';
import { listItem } from './list-item.ts';
import type { Place } from './place.ts';
import { attributeOf, opposite, type Setting } from './setting.ts';
import { CONFIG_SETTING, SETTING_KEYS, SETTINGS, type SettingKey } from './settings.ts';
import { type Tree, textTree } from './tree.ts';

/** Every option there is, by the name that the command line gives to its value. */
export const WATCH_OPTION_NAMES: readonly string[] = [
  attributeOf(CONFIG_SETTING),
  ...SETTING_KEYS.map((key) => attributeOf(SETTINGS[key])),
];

/**
 * @param values as the command line hands them over: texts, lists of them, true and false.
 * @throws UsageError that names the flag.
 */
export function givenByFlags(values: unknown): Given {
  const typed = new Map(Object.entries(typeof values === 'object' && values !== null ? values : {}));
  for (const name of typed.keys()) {
    if (!WATCH_OPTION_NAMES.includes(name)) {
      throw new UsageError(`unknown option ${name}: see mtu-probe watch --help`);
    }
  }
  const given = new Map<SettingKey, Tree>();
  for (const key of SETTING_KEYS) {
    const value: unknown = typed.get(attributeOf(SETTINGS[key]));
    if (value !== undefined) given.set(key, treeOf(value, SETTINGS[key]));
  }
  return given;
}

/** The file that `--config` names; `null` without. */
export function configFlag(values: unknown): string | null {
  const named = typeof values === 'object' && values !== null && 'config' in values ? values.config : undefined;
  return named === undefined ? null : String(named);
}

function treeOf(value: unknown, { flag }: Setting): Tree {
  const place: Place = { source: { kind: 'flag', flag }, path: '', line: null };
  if (typeof value === 'boolean') {
    const shown = value ? flag : opposite(flag);
    return textTree(String(value), { ...place, source: { kind: 'flag', flag: shown } });
  }
  if (Array.isArray(value)) return { kind: 'list', items: value.map((each) => listItem(String(each), place)), place };
  return textTree(String(value), place);
}
