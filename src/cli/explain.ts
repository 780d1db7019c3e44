/** `mtu-probe explain WORD`: what a word or a number of a report means, without any network. */

import { causesOfNumber } from '../diagnosis/causes/causes-of-number.ts';
import { ENVIRONMENTS } from '../environments.ts';
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
  if (/^\d{1,5}$/.test(word)) return number(Number(word));
  const found = sections.filter((section) => section.word.toLowerCase() === word.toLowerCase());
  if (found.length === 0) {
    throw new UsageError(
      `explain ${JSON.stringify(word)}: no word of the reports; "mtu-probe explain" lists them, a number is an MTU`,
    );
  }
  return found.flatMap(({ kind, word: its, body }, index) => [
    ...(index === 0 ? [] : ['']),
    `${its}  (${kind.toLowerCase()})`,
    ...plainText(body, (text) => wrap(text, INDENT, WIDTH)),
    // Who comes from a report of another number would paste this one.
    ...(isEnvironment(its) ? ['', ...wrap(EXAMPLE, INDENT, WIDTH)] : []),
  ]);
}

function isEnvironment(word: string): boolean {
  return ENVIRONMENTS.some((environment) => environment === word);
}

/** What `docs/remedies.md` says of all its snippets, which are shown one at a time here. */
const EXAMPLE =
  '1450 and eth0 are examples: put the number and the interface of your report there. "mtu-probe run" and ' +
  '"mtu-probe layers" write them themselves, with --environment.';

/** What may make a path this narrow, as far as a number alone tells. */
function number(mtu: number): string[] {
  if (mtu < SMALLEST_MTU || mtu > LARGEST_MTU) {
    throw new UsageError(`explain ${mtu}: an MTU is a number from ${SMALLEST_MTU} to ${LARGEST_MTU}`);
  }
  const causes = causesOfNumber(mtu);
  const rows = causes.flatMap(({ name, source }) =>
    // What goes on in the next line is set in further.
    wrap(`${name} (${source})`, INDENT + INDENT, WIDTH).map((line, index) =>
      index === 0 ? line.slice(INDENT.length) : line,
    ),
  );
  return [
    `${mtu}  (path MTU in bytes)`,
    ...(rows.length === 0 ? wrap('Nothing that is known makes a path of this size.', INDENT, WIDTH) : rows),
    '',
    ...wrap(
      'A number alone proves none of these. "mtu-probe run" adds what it sees around it, and says where to set the number.',
      INDENT,
      WIDTH,
    ),
  ];
}

const SMALLEST_MTU = 68; // RFC 791 §3.2
const LARGEST_MTU = 65535; // RFC 791 §3.1

function everyWord(sections: readonly Section[]): string[] {
  const kinds = [...new Set(sections.map(({ kind }) => kind))];
  return kinds.flatMap((kind, index) => {
    const words = sections.filter((section) => section.kind === kind).map(({ word }) => word);
    return [...(index === 0 ? [] : ['']), kind, ...wrap(words.join(', '), INDENT, WIDTH)];
  });
}
