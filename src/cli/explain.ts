/** `mtu-probe explain WORD`: what a word or a number of a report means, without any network. */

import { UsageError } from '../errors.ts';
import { INDENT, WIDTH, wrap } from '../report/wrap.ts';
import { documentSections, plainText, type Section } from './document-sections.ts';
import { writeStdout } from './write-report.ts';

/** @throws UsageError when it is no word of the reports, and no size either. */
export async function explainCommand(word: string | undefined): Promise<number> {
  await writeStdout(`${explanation(word).join('\n')}\n`);
  return 0;
}

function explanation(word: string | undefined): string[] {
  const sections = documentSections();
  if (word === undefined) return everyWord(sections);
  const found = sections.filter((section) => section.word === word);
  if (found.length === 0) {
    throw new UsageError(`explain ${word}: no word of the reports; "mtu-probe explain" lists them, a number is an MTU`);
  }
  return found.flatMap(({ kind, body }, index) => [
    ...(index === 0 ? [] : ['']),
    `${word}  (${kind.toLowerCase()})`,
    ...plainText(body, (text) => wrap(text, INDENT, WIDTH)),
  ]);
}

function everyWord(sections: readonly Section[]): string[] {
  const kinds = [...new Set(sections.map(({ kind }) => kind))];
  return kinds.flatMap((kind, index) => {
    const words = sections.filter((section) => section.kind === kind).map(({ word }) => word);
    return [...(index === 0 ? [] : ['']), kind, ...wrap(words.join(', '), INDENT, WIDTH)];
  });
}
