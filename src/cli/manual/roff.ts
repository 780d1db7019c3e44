/** Text as man(7) takes it. */

/** Of one line. A hyphen that is typed is a minus sign, else a reader cannot copy it. */
export function escaped(text: string): string {
  const line = text.replaceAll('\\', '\\e').replaceAll('-', '\\-').replaceAll('…', '...').replace(/\s+/g, ' ').trim();
  // A line that begins with one of these is a request.
  return /^[.']/.test(line) ? `\\&${line}` : line;
}

export function bold(text: string): string {
  return `\\fB${escaped(text)}\\fR`;
}

/** `--report <format=file>`: what is typed as it is in bold, what is a placeholder in italics. */
export function flags(text: string): string {
  return escaped(text)
    .replace(/<(.*?)>/g, '\\fI$1\\fR')
    .replace(/(^|, )(\\-[^, ]*)/g, '$1\\fB$2\\fR');
}

/** An entry of a list: what it is, and what is said of it. */
export function entry(head: string, body: string): string[] {
  return ['.TP', head, body];
}

/** To be typed as it is. */
export function code(lines: readonly string[]): string[] {
  return ['.RS 4', '.nf', ...lines.map((line) => escapedCode(line)), '.fi', '.RE'];
}

/** Spaces count. */
function escapedCode(line: string): string {
  const text = line.replaceAll('\\', '\\e').replaceAll('-', '\\-').replaceAll("'", '\\(aq').replaceAll('~', '\\(ti');
  return text.startsWith('.') ? `\\&${text}` : text;
}

const LONGEST_LINE = 80;

/** Lines of prose, as long as mandoc wants them at most; what is between `.nf` and `.fi` stays. */
export function folded(lines: readonly string[]): string[] {
  let isCode = false;
  return lines.flatMap((line) => {
    if (line === '.nf' || line === '.fi') isCode = line === '.nf';
    return isCode || line.startsWith('.') ? [line] : foldedLine(line);
  });
}

function foldedLine(text: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > LONGEST_LINE) {
      lines.push(line);
      line = /^[.']/.test(word) ? `\\&${word}` : word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
