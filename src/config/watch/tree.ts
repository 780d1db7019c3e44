/** What was written, before anybody knows what it means: all values are text, as they are on the command line. */

import { printable } from '../../report/printable.ts';
import { type Place, refuse } from './place.ts';

export interface Text {
  readonly kind: 'text';
  readonly text: string;
  readonly place: Place;
}

export interface List {
  readonly kind: 'list';
  readonly items: readonly Tree[];
  readonly place: Place;
}

export interface Mapping {
  readonly kind: 'mapping';
  /** Each with the place of its key. */
  readonly entries: ReadonlyMap<string, Tree>;
  readonly place: Place;
}

export type Tree = Text | List | Mapping;

/** RFC 9110 §4.1 asks for 8000 of a URL, which is the longest thing here; a message that quotes it stays readable. */
const LONGEST_TEXT = 8000;

/** @throws UsageError for what cannot be shown on one line. */
export function textTree(text: string, place: Place): Text {
  if (text.length > LONGEST_TEXT) refuse(place, `has ${text.length} characters: ${LONGEST_TEXT} are taken at most`);
  if (printable(text) !== text || /[\t\n]/.test(text)) {
    refuse(place, 'holds a control character or a line break: leave it out');
  }
  return { kind: 'text', text: text.trim(), place };
}

export function requireText(tree: Tree): Text {
  if (tree.kind !== 'text') refuse(tree.place, `is a ${tree.kind}: give it one value`);
  if (tree.text === '') refuse(tree.place, 'is empty: give it a value, or leave it out');
  return tree;
}

/** One value stands for a list of one. */
export function itemsOf(tree: Tree): readonly Tree[] {
  return tree.kind === 'list' ? tree.items : [tree];
}
