/**
 * Names come from outside: what would be invisible, or turn the direction of reading for what stands beside it, is shown
 * as one character that stands for it. Line breaks and tabs stay.
 */
const INVISIBLE = /(?![\t\n])[\p{Cc}\p{Cs}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

const REPLACEMENT = '\ufffd';

export function visible(text: string): string {
  return text.replace(INVISIBLE, REPLACEMENT);
}
