/** What both ends together know of the segment size: whether somebody on the way rewrites it. */

import type { PathReport } from '../contract.ts';
import { rewrittenMss } from '../far-end.ts';

/** `null` where nobody does, or only one end was asked. */
export function mssWords({ farEnd, mss, findings }: PathReport): string | null {
  if (farEnd === null || !findings.some(({ code }) => code === 'clamped')) return null;
  const { ours, theirs } = rewrittenMss(farEnd, mss);
  const words = [
    ...(ours === null ? [] : [`ours of ${ours.sent} arrived there as ${ours.arrived}`]),
    ...(theirs === null ? [] : [`theirs of ${theirs.sent} arrived here as ${theirs.arrived}`]),
  ];
  return words.length === 0 ? null : `rewritten on the way: ${words.join(', ')}`;
}
