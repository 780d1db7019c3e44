/**
 * Names come from outside: what a terminal, a parser of lines or XML would take for more than a character is shown as
 * one that stands for it. Line breaks and tabs stay.
 *
 * These are C0, DEL and C1, the separators that some parsers take for line breaks, the marks that turn the direction of
 * reading, half a surrogate pair, and the last two code points of a plane, of which XML 1.0 §2.2 refuses the first pair.
 */
const UNPRINTABLE = /(?![\t\n])[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069\ufffe\uffff]/gu;

const REPLACEMENT = '\ufffd';

export function printable(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(UNPRINTABLE, REPLACEMENT);
}

/** The same on one line, with single spaces. */
export function oneLine(text: string): string {
  return printable(text.replace(/\s+/g, ' ')).trim();
}
