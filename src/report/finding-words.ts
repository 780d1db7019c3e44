/** Parts of a finding as lines without any width, for formats that are read in a browser. */

import type { Finding, Remedy } from '../contract.ts';

export function causeSentence({ cause }: Finding): string | null {
  if (cause === null) return null;
  const others = cause.others.length === 0 ? '' : `; it could also be ${cause.others.join(' or ')}`;
  return `Probable cause: ${cause.name}, which takes ${cause.deltaBytes} bytes${others}.`;
}

/** All of it, with the snippets as they are to be pasted. */
export function findingWords(finding: Finding): string {
  const { code, severity, summary, detail, remedies } = finding;
  const cause = causeSentence(finding);
  return [`${severity} ${code}: ${summary}`, detail, ...(cause === null ? [] : [cause]), ...remedies.map(remedyWords)]
    .filter((line) => line !== '')
    .join('\n');
}

function remedyWords({ environment, file, snippet, recreate }: Remedy): string {
  return [`${environment}, in ${file}:`, snippet, ...(recreate === '' ? [] : [`Then: ${recreate}`])].join('\n');
}
