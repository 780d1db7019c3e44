/** Depth of YAML, seen before it is composed: the library recurses there, and a text of brackets would end the process. */

import { type CST, Lexer } from 'yaml';

/** The deepest of the file are labels of a target: four levels. */
export const DEEPEST = 16;

/** Tokens that say something about the text, and are not part of it. */
const MARKS = ['\u0002', '\u0018', '\u001f'];

/**
 * What opens on one line, or between brackets: the first sixteen are enough to know.
 *
 * @returns the offset of what is too deep, or `null`.
 */
export function deepInLine(text: string): number | null {
  let offset = 0;
  let brackets = 0;
  let indicators = 0;
  for (const token of new Lexer().lex(text)) {
    if (MARKS.includes(token)) continue;
    if (token === '[' || token === '{') brackets += 1;
    else if (token === ']' || token === '}') brackets -= 1;
    else if (token === '-' || token === '?') indicators += 1;
    else if (token.includes('\n')) indicators = 0;
    if (brackets > DEEPEST || indicators > DEEPEST) return offset;
    offset += token.length;
  }
  return null;
}

type Step = readonly [token: CST.Token | null | undefined, depth: number, offset: number];

/** What lies within what else, by its indentation as well. @returns the offset of what is too deep, or `null`. */
export function deepInTree(tokens: readonly CST.Token[]): number | null {
  const steps: Step[] = tokens.map((token) => [token, 0, 0]);
  for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
    const [token, depth, before] = step;
    if (token === null || token === undefined) continue;
    const offset = 'offset' in token ? token.offset : before;
    if (depth > DEEPEST) return offset;
    if (token.type === 'document') steps.push([token.value, depth, offset]);
    if (!('items' in token)) continue;
    for (const { key, value } of token.items) steps.push([key, depth + 1, offset], [value, depth + 1, offset]);
  }
  return null;
}
