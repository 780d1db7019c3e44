import { readFileSync } from 'node:fs';

/** @param path from the root of the project. */
export function document(path: string): string {
  return readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
}

/** The text between a heading of the second level and the next one. */
export function section(text: string, heading: string): string {
  const [, ...parts] = text.split(/^## /m);
  const part = parts.find((candidate) => candidate.startsWith(`${heading}\n`));
  if (part === undefined) throw new Error(`there is no heading "${heading}"`);
  return part.slice(heading.length);
}

/** The codes that are explained in a section: headings of the third level, each a word in backquotes. */
export function explained(text: string): { readonly code: string; readonly text: string }[] {
  const [, ...parts] = text.split(/^### /m);
  return parts.map((part) => {
    const [heading = '', ...lines] = part.split('\n');
    return { code: heading.replace(/^`(.*)`$/, '$1'), text: lines.join('\n').trim() };
  });
}

/** The first column of a table, without its heading. */
export function firstColumn(text: string): string[] {
  const rows = text.split('\n').filter((line) => line.startsWith('|'));
  return rows.slice(2).map((row) =>
    (row.split(/(?<!\\)\|/)[1] ?? '')
      .trim()
      .replace(/^`(.*)`$/, '$1')
      .replaceAll('\\|', '|'),
  );
}
