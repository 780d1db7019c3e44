import { RANKED_VERDICTS, type RankedVerdict, type Verdict } from './contract.ts';

/** Whether a verdict is at or above another, by the order in which they can be compared: `inconclusive` never is. */
export function isAtLeast(verdict: Verdict, threshold: RankedVerdict): boolean {
  const ranked: readonly Verdict[] = RANKED_VERDICTS;
  return ranked.indexOf(verdict) >= ranked.indexOf(threshold);
}
