/** YAML → what was written, with its lines. The text may be anybody's: it costs no more than it is long. */

import { Composer, isAlias, isMap, isScalar, isSeq, LineCounter, type ParsedNode, Parser } from 'yaml';
import { fault, inside, type Place, refuse, refuseTwice } from './place.ts';
import { DEEPEST, deepInLine, deepInTree } from './shallow.ts';
import { type Mapping, type Tree, textTree } from './tree.ts';

/** Of everything that aliases stand for: more than a thousand targets with twenty keys each. */
const MOST_NODES = 50_000;

/** Where a node begins; `null` where it is within one line of a flag or variable. */
type Lines = (node: { readonly range?: readonly number[] | null | undefined } | null) => number | null;

interface Reading {
  readonly lines: Lines;
  /** An alias is known once its anchor is read to its end: none contains itself. */
  readonly anchors: Map<string, ParsedNode | null>;
  nodes: number;
}

/**
 * @param place of the whole.
 * @returns `null` for a text with nothing in it.
 * @throws UsageError with file and line.
 */
export function readYaml(text: string, place: Place): Tree | null {
  const counter = new LineCounter();
  const lineAt = (offset: number): number => Math.max(1, counter.linePos(offset).line);
  const at = (line: number): Place => ({ ...place, line: place.source.kind === 'file' ? line : null });
  const inLine = deepInLine(text);
  if (inLine !== null) tooDeep(at(text.slice(0, inLine).split('\n').length));
  const tokens = [...new Parser(counter.addNewLine).parse(text)];
  const inTree = deepInTree(tokens);
  if (inTree !== null) tooDeep(at(lineAt(inTree)));
  // "failsafe" has text only: no 0x10, no octal numbers, no "yes", no dates. Duplicates are looked for here, faster.
  const composer = new Composer({ schema: 'failsafe', uniqueKeys: false, prettyErrors: false, logLevel: 'silent' });
  const [document, second] = [...composer.compose(tokens)];
  if (document === undefined) return null;
  const [error] = document.errors;
  if (error !== undefined) throw fault(at(lineAt(error.pos[0])), `this is no YAML: ${explained(error.message)}`);
  if (second !== undefined) {
    throw fault(at(lineAt(second.range[0])), 'another document begins here: keep everything in one, without ---');
  }
  const { contents } = document;
  if (contents === null || (isScalar(contents) && contents.value === '' && contents.type === 'PLAIN')) return null;
  const lines: Lines = (node) => (place.source.kind === 'file' && node?.range ? lineAt(node.range[0] ?? 0) : null);
  return read(contents, { ...place, line: lines(contents) }, { lines, anchors: new Map(), nodes: 0 });
}

function read(node: ParsedNode | null, place: Place, reading: Reading): Tree {
  reading.nodes += 1;
  if (reading.nodes > MOST_NODES) refuse(place, `stands for more than ${MOST_NODES} values: write less by aliases`);
  if (isAlias(node)) {
    const target = reading.anchors.get(node.source);
    if (target === undefined)
      refuse(place, `is *${node.source}, and no &${node.source} ends before it: write the value`);
    return read(target, place, reading);
  }
  if (node?.tag !== undefined && !node.tag.startsWith('tag:yaml.org,2002:')) {
    refuse(place, `has the tag ${node.tag}: leave it out`);
  }
  const tree = plain(node, place, reading);
  if (node?.anchor !== undefined) reading.anchors.set(node.anchor, node);
  return tree;
}

function plain(node: ParsedNode | null, place: Place, reading: Reading): Tree {
  if (isMap(node)) return mapping(node.items, place, reading);
  if (isSeq(node)) {
    const items = node.items.map((item, index) => read(item, inside(place, index, reading.lines(item)), reading));
    return { kind: 'list', items, place };
  }
  if (!isScalar(node)) return textTree('', place);
  const text = String(node.value);
  // What YAML calls null is nothing: it is as if nothing stood there.
  return textTree(node.type === 'PLAIN' && /^(null|~)$/i.test(text) ? '' : text, place);
}

interface Pair {
  readonly key: ParsedNode;
  readonly value: ParsedNode | null;
}

function mapping(pairs: readonly Pair[], place: Place, reading: Reading): Mapping {
  const entries = new Map<string, Tree>();
  for (const { key, value } of pairs) {
    const line = reading.lines(key);
    if (!isScalar(key)) refuse({ ...place, line }, 'has a key that is no text: write one word');
    const name = textTree(String(key.value), { ...place, line }).text;
    const own = inside(place, name, line);
    const earlier = entries.get(name);
    if (earlier !== undefined) refuseTwice(own, '', earlier.place);
    entries.set(name, read(value, own, reading));
  }
  return { kind: 'mapping', entries, place };
}

function tooDeep(place: Place): never {
  throw fault(place, `this is nested deeper than ${DEEPEST} levels: nothing here needs that`);
}

/** The library speaks of what it expected; what to do about the usual mistakes is said here. */
function explained(message: string): string {
  if (/tab/i.test(message)) return 'a tab stands before a key: indent by spaces';
  return `${message.replace(/\s+/g, ' ').slice(0, 200)}: see the example in docs/configuration.md`;
}
