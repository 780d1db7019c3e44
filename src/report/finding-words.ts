/** Parts of a finding as lines without any width, for formats that are read in a browser. */

import type { Finding, Remedy } from '../contract.ts';

/** One for the place that is known, and two for when it is another. The JSON has all. */
export const MOST_REMEDIES = 3;
/** At some numbers a dozen things could be the cause; the JSON has them. */
const MOST_OTHERS = 3;

export function causeSentence({ cause }: Finding): string | null {
  if (cause === null) return null;
  const others = cause.others.slice(0, MOST_OTHERS);
  return `Perhaps ${cause.name}${others.length === 0 ? '' : `, or ${others.join(', or ')}`}.`;
}

/** All of it, with the snippets as they are to be pasted. */
export function findingWords(finding: Finding): string {
  const { code, severity, summary, detail } = finding;
  const remedies = finding.remedies.slice(0, MOST_REMEDIES);
  const cause = causeSentence(finding);
  return [`${severity} ${code}: ${summary}`, detail, ...(cause === null ? [] : [cause]), ...remedies.map(remedyWords)]
    .filter((line) => line !== '')
    .join('\n');
}

function remedyWords({ environment, file, snippet, recreate }: Remedy): string {
  return [`${environment}, in ${file}:`, snippet, ...(recreate === '' ? [] : [`Then: ${recreate}`])].join('\n');
}
