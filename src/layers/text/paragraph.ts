import { oneLine } from '../../report/printable.ts';
import { WIDTH, wrap } from '../../report/wrap.ts';

/** Running text that has names from outside in it: they break no line, and no terminal. */
export function paragraph(text: string, indent: string): string[] {
  return wrap(oneLine(text), indent, WIDTH);
}
