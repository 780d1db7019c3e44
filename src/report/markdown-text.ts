/** Text from outside as GitHub Flavored Markdown: it reads as it was and is never markup. */

import { oneLine, printable } from './printable.ts';

const MARKUP = /[\\`*_[\]<>|~&$]/g;
const ZERO_WIDTH_SPACE = '&#8203;';

/** Running text on one line. It must not be the first thing there: what begins a heading or a list is left as it is. */
export function markdownText(text: string): string {
  return (
    oneLine(text)
      .replace(MARKUP, '\\$&')
      // Else whoever has that name is called to the issue that this is pasted into.
      .replace(/@(?=\w)/g, `@${ZERO_WIDTH_SPACE}`)
      // Else it becomes a link with the backslashes behind it (GFM §6.9).
      .replace(/(?<=https?|ftp):(?=\/\/)|(?<=www)\./gi, `$&${ZERO_WIDTH_SPACE}`)
  );
}

/**
 * A name or a command, also within a table. There even code has its pipes escaped (GFM §4.10), and before a backslash that
 * cannot be done: such a name is written as text.
 */
export function markdownCode(text: string): string {
  const line = oneLine(text);
  if (line === '') return '';
  if (line.includes('\\')) return markdownText(line);
  const fence = '`'.repeat(longestRun(line) + 1);
  const space = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  return `${fence}${space}${line.replaceAll('|', '\\|')}${space}${fence}`;
}

/** Several lines to be pasted elsewhere. */
export function markdownBlock(text: string): string {
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}\n${printable(text)}\n${fence}`;
}

export function markdownTable(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(heading), `|${'---|'.repeat(heading.length)}`, ...rows.map(line)].join('\n');
}

/** A fence of backquotes ends at as many of them (CommonMark §4.5, §6.1). */
function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}
