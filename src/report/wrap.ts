/** The narrowest terminal that people use. A fixed width: a report reads the same wherever it is pasted. */
export const WIDTH = 80;
export const INDENT = '  ';

/** Running text in lines of at most `width` characters, each behind the indent. A longer word has a line of its own. */
export function wrap(text: string, indent: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    if (line !== '' && indent.length + line.length + 1 + word.length > width) {
      lines.push(indent + line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return line === '' ? lines : [...lines, indent + line];
}
