/** Text in columns: cut where it is too long, filled up where it is too short. By characters, as terminals count them. */

import { oneLine } from '../../report/printable.ts';

/** On one line and at most as long; the rest is `…`. */
export function fitted(text: string, width: number): string {
  return cut(oneLine(text), width);
}

/** The same of what is on one line already: its spaces stay. */
export function cut(text: string, width: number): string {
  const characters = [...text];
  return characters.length <= width ? text : `${characters.slice(0, Math.max(0, width - 1)).join('')}…`;
}

export function widthOf(text: string): number {
  return [...text].length;
}

export function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}
