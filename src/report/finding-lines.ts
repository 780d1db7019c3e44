import type { Finding, Remedy } from '../contract.ts';
import { INDENT, WIDTH, wrap } from './wrap.ts';

/**
 * One finding: what it says, what probably causes it, what to change. Its `detail` is for the JSON.
 *
 * @param before the findings above it: a sentence that one of them said (mostly the advice) is not said again.
 */
export function findingLines(finding: Finding, before: readonly Finding[]): string[] {
  const said = new Set(before.flatMap(({ summary }) => sentences(summary)));
  const summary = sentences(finding.summary).filter((sentence) => !said.has(sentence));
  return [...wrap(summary.join(' '), INDENT, WIDTH), ...causeLines(finding), ...finding.remedies.flatMap(remedyLines)];
}

function causeLines({ cause }: Finding): string[] {
  if (cause === null) return [];
  const others = cause.others.length === 0 ? '' : `; it could also be ${cause.others.join(' or ')}`;
  return wrap(`Probable cause: ${cause.name}, which takes ${cause.deltaBytes} bytes${others}.`, INDENT, WIDTH);
}

function remedyLines({ environment, file, snippet }: Remedy): string[] {
  const title = wrap(`${environment}, in ${file}:`, INDENT, WIDTH);
  return [...title, ...snippet.split('\n').map((line) => `${INDENT}${INDENT}${line}`)];
}

/** A full stop inside a name or a number has no space behind it. */
function sentences(text: string): string[] {
  return text.split(/(?<=\.) /);
}
