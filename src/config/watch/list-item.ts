/** Lists outside of a file: plain names, or YAML where a name alone says too little. */

import { type Place, refuse } from './place.ts';
import { type Tree, textTree } from './tree.ts';
import { readYaml } from './yaml.ts';

/** One item of a flag: `rubygems.org`, or `{target: rubygems.org, labels: {team: ci}}`. */
export function listItem(text: string, place: Place): Tree {
  return text.trimStart().startsWith('{') ? inYaml(text, place) : textTree(text, place);
}

/** All of a variable: names between spaces, line breaks or commas, or YAML that begins with a bracket or brace. */
export function listOf(text: string, place: Place): Tree {
  const trimmed = text.trim();
  if (trimmed.startsWith('{')) return { kind: 'list', items: [inYaml(trimmed, place)], place };
  // "[::1]:4821" is a place, and YAML by accident only.
  const isPlace = /^\[[0-9a-f:.]*:[0-9a-f:.]*(%\w+)?\]/i.test(trimmed);
  if (trimmed.startsWith('[') && !isPlace) return inYaml(trimmed, place);
  const words = trimmed.split(/[\s,]+/).filter((word) => word !== '');
  return { kind: 'list', items: words.map((word) => textTree(word, place)), place };
}

function inYaml(text: string, place: Place): Tree {
  const tree = readYaml(text, place);
  if (tree === null) refuse(place, 'is empty: give it a value, or leave it out');
  return tree;
}
