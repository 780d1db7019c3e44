/** The documents that are shipped with the program, read as what `explain` prints. */

import { shippedText } from '../shipped.ts';

/** One word of the reports, and what the documents say of it. */
export interface Section {
  /** Heading above it, as in `Verdicts`. */
  readonly kind: string;
  readonly word: string;
  /** Markdown. */
  readonly body: string;
}

const GLOSSARY = 'docs/glossary.md';
const DOCUMENTS = ['docs/verdicts.md', GLOSSARY, 'docs/remedies.md'] as const;

/** Every section that is headed by one word in backticks, in the order of the documents, and the words of the glossary. */
export function documentSections(): Section[] {
  return [...headedSections(), ...glossaryWords()];
}

/** Rows of its table: `| overlay, tunnel | what they are |`. */
function glossaryWords(): Section[] {
  return [...shippedText(GLOSSARY).matchAll(/^\| ([^|`]+) \| (.+) \|$/gm)].flatMap(([, words = '', body = '']) =>
    words === 'word' ? [] : words.split(', ').map((word) => ({ kind: 'Words', word, body })),
  );
}

function headedSections(): Section[] {
  return DOCUMENTS.flatMap((name) => {
    return shippedText(name)
      .split(/^(?=## )/m)
      .flatMap((part) => {
        const kind = /^## (.*)$/m.exec(part)?.[1] ?? '';
        return part
          .split(/^(?=### )/m)
          .slice(1)
          .flatMap((section) => {
            const [, word, body = ''] = /^### `([^`]+)`[^\n]*\n([\s\S]*)$/.exec(section) ?? [];
            return word === undefined ? [] : [{ kind, word, body: body.trim() }];
          });
      });
  });
}

/** Markdown as plain text of at most 80 columns; what is code stays as it is. */
export function plainText(markdown: string, wrap: (text: string) => string[]): string[] {
  const lines: string[] = [];
  for (const [index, block] of markdown.split(/^```[a-z]*$/m).entries()) {
    const isCode = index % 2 === 1;
    if (isCode)
      lines.push(
        ...block
          .replace(/^\n|\n$/g, '')
          .split('\n')
          .map((line) => `      ${line}`.trimEnd()),
        '',
      );
    else
      for (const paragraph of block.trim().split(/\n{2,}/))
        if (paragraph !== '') lines.push(...wrap(plain(paragraph)), '');
  }
  return lines.slice(0, lines.at(-1) === '' ? -1 : lines.length);
}

function plain(text: string): string {
  return (
    text
      .replace(/\[([^\]]+)\]\([^)]+\)/g, '$1')
      // Emphasis stands around words; a star alone is one of a pattern, as in *.yml.
      .replace(
        /`([^`]*)`|(\*{1,2})(\S(?:[^*]*\S)?)\2/g,
        (_, code?: string, _stars?: string, words?: string) => code ?? words ?? '',
      )
      .replaceAll('`', '')
      .replace(/\s+/g, ' ')
  );
}
