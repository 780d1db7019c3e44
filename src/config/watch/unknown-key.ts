/** A key that nobody knows, and what was meant. */

import { didYouMean } from '../suggest.ts';
import { fault, type Place } from './place.ts';
import type { Tree } from './tree.ts';

/** More than one line has room for. */
const MANY = 12;

/** @param known what would have been right there. @throws UsageError. */
export function unknownKey(key: string, { place }: Tree, known: readonly string[]): never {
  const all = known.length > MANY ? 'see docs/configuration.md' : `there are ${known.join(', ')}`;
  throw fault(place, `unknown key ${shown(place, key)}${didYouMean(key, known) || `: ${all}`}`);
}

function shown({ path }: Place, key: string): string {
  return JSON.stringify((path === '' ? key : path).slice(0, 100)).slice(1, -1);
}
