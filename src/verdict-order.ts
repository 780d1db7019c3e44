import { RANKED_VERDICTS, type RankedVerdict, type Verdict } from './contract.ts';

/** The worst first; what is not known is worse than what works with smaller packets. For lists that people read. */
const WORST_FIRST: readonly Verdict[] = [
  'black-hole',
  'delayed',
  'unreachable',
  'inconclusive',
  'reduced',
  'clamped',
  'clear',
];

/** The larger, the worse. */
export function graveness(verdict: Verdict): number {
  return WORST_FIRST.length - WORST_FIRST.indexOf(verdict);
}

/** Whether a verdict is at or above another, by the order in which they can be compared: `inconclusive` never is. */
export function isAtLeast(verdict: Verdict, threshold: RankedVerdict): boolean {
  const ranked: readonly Verdict[] = RANKED_VERDICTS;
  return ranked.indexOf(verdict) >= ranked.indexOf(threshold);
}
