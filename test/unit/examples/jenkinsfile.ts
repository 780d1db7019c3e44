/**
 * As much of Groovy as a declarative Jenkinsfile is made of: blocks, calls and strings.
 *
 * @see Jenkins, Pipeline Syntax: Declarative Pipeline, for which block may stand in which
 */

export interface Block {
  readonly name: string;
  /** What stands between name and brace or at the end of the line, as it is written. */
  readonly text: string;
  readonly blocks: readonly Block[];
}

interface Token {
  readonly kind: 'word' | 'string' | 'open' | 'close' | 'end';
  readonly text: string;
}

const TOKENS = [
  ['space', /[ \t\r]+|\/\/[^\n]*/y],
  ['end', /\n|;/y],
  ['string', /'''[\s\S]*?'''|"""[\s\S]*?"""|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/y],
  ['open', /\{/y],
  ['close', /\}/y],
  ['word', /[^\s{}'";]+/y],
] as const;

/** @throws Error where it is not made of blocks, calls and strings, or a bracket is missing. */
export function parseJenkinsfile(text: string): readonly Block[] {
  const tokens = tokensOf(text);
  const blocks = blocksOf(tokens);
  if (tokens.length > 0) throw new Error(`"${tokens[0]?.text}" closes nothing`);
  return blocks;
}

/** @returns what is left of `tokens` begins with the brace that closes them. */
function blocksOf(tokens: Token[]): Block[] {
  const blocks: Block[] = [];
  let words: string[] = [];
  const add = (inner: readonly Block[]): void => {
    const [name = '', ...rest] = words;
    const [, call = '', first = ''] = /^(\w+)(.*)$/s.exec(name) ?? [];
    if (call === '') throw new Error(`"${name}" is no name of a block or call`);
    blocks.push({ name: call, text: [first, ...rest].join(' ').trim(), blocks: inner });
    words = [];
  };
  for (let token = tokens[0]; token !== undefined && token.kind !== 'close'; token = tokens[0]) {
    tokens.shift();
    if (token.kind === 'open') {
      const inner = blocksOf(tokens);
      if (tokens.shift()?.kind !== 'close') throw new Error(`the block "${words.join(' ')}" is not closed`);
      add(inner);
    } else if (token.kind !== 'end') words.push(token.text);
    else if (words.length > 0) add([]);
  }
  if (words.length > 0) add([]);
  return blocks;
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length; ) {
    const found = TOKENS.map(([kind, pattern]) => {
      pattern.lastIndex = at;
      return { kind, text: pattern.exec(text)?.[0] ?? '' };
    }).find((token) => token.text !== '');
    if (found === undefined) throw new Error(`a string is not closed: ${text.slice(at, at + 20)}`);
    if (found.kind !== 'space') tokens.push({ kind: found.kind, text: found.text });
    at += found.text.length;
  }
  return tokens;
}

/** @param text of a call, as in `'…'` or `('…')`. */
export function stringOf(text: string): string {
  const [, , inner] = /^\(?\s*('''|"""|'|")([\s\S]*)\1\s*\)?$/.exec(text) ?? [];
  if (inner === undefined) throw new Error(`${text} is no string`);
  return inner;
}

export function* allBlocks(blocks: readonly Block[]): Generator<Block> {
  for (const block of blocks) {
    yield block;
    yield* allBlocks(block.blocks);
  }
}
