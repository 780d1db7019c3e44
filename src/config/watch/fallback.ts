/** What holds where nobody says anything, as if it had been written. */

import type { Place } from './place.ts';
import { SETTINGS, type SettingKey } from './settings.ts';
import { type Text, textTree } from './tree.ts';

const PLACE: Place = { source: { kind: 'file', file: 'default' }, path: '', line: null };

/** `null` where there is no default. */
export function fallbackOf(key: SettingKey): Text | null {
  const { fallback } = SETTINGS[key];
  return fallback === null ? null : textTree(fallback, { ...PLACE, path: key });
}

/** Of a setting that has one. */
export function defaultOf(key: SettingKey): Text {
  const fallback = fallbackOf(key);
  if (fallback === null) throw new Error(`${key} has no default`);
  return fallback;
}
