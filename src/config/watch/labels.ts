/** Labels of a target: they become labels of its metrics, beside those that every metric has. */

import { type Place, refuse } from './place.ts';
import { requireText, type Tree } from './tree.ts';

/** What metrics of paths are told apart by already. */
export const RESERVED_LABELS = [
  'target',
  'address',
  'family',
  'direction',
  'behaviour',
  'verdict',
  'transport',
] as const;
/** Each more multiplies what a store of metrics has to keep. */
const MOST_LABELS = 10;
const LONGEST_VALUE = 256;

/** @throws UsageError. */
export function labelsOf(tree: Tree | undefined): Readonly<Record<string, string>> {
  if (tree === undefined) return {};
  if (tree.kind !== 'mapping') refuse(tree.place, 'is no mapping: write names and values, as in {team: ci}');
  if (tree.entries.size > MOST_LABELS) {
    refuse(tree.place, `has ${tree.entries.size} labels: ${MOST_LABELS} are taken at most`);
  }
  return Object.fromEntries(
    [...tree.entries].map(([name, value]) => {
      requireName(name, value.place);
      const { text } = requireText(value);
      if (text.length > LONGEST_VALUE) refuse(value.place, `is longer than ${LONGEST_VALUE} characters: shorten it`);
      return [name, text];
    }),
  );
}

/** Prometheus, "Metric names and labels": two underscores at the beginning are its own. */
function requireName(name: string, place: Place): void {
  if (!/^(?!__)[a-zA-Z_][a-zA-Z0-9_]*$/.test(name)) {
    refuse(place, 'is no name of a label: take letters, digits and _, as in team');
  }
  if (RESERVED_LABELS.some((reserved) => reserved === name)) {
    refuse(place, 'is a label that every metric has already: choose another name');
  }
}
