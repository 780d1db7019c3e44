import type { Finding } from '../contract.ts';
import { INDENT, WIDTH, wrap } from './wrap.ts';

/**
 * What one finding says. Its `detail` is for the JSON; cause and remedies have a place of their own.
 *
 * @param said sentences that stand elsewhere, above all those of the findings above it and the one with the number.
 */
export function findingLines({ summary }: Finding, said: ReadonlySet<string>): string[] {
  const unsaid = sentences(summary).filter((sentence) => !said.has(sentence));
  return wrap(unsaid.join(' '), INDENT, WIDTH);
}

/** A full stop inside a name or a number has no space behind it. */
export function sentences(text: string): string[] {
  return text.split(/(?<=\.) /);
}
