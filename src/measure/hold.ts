/** How much goes forward while a black hole on the way back is known from an earlier measurement. Pure. */

import type { SearchResult } from '../search/measurement.ts';
import type { PathTarget } from './channel.ts';
import type { Plan } from './plan.ts';

/**
 * @param reverse what this measurement found of the way back; `null` when nothing.
 * @returns the largest size that may go forward: the ceiling once the hole is proved gone.
 */
export function capUnderHold(
  { above, firm }: NonNullable<PathTarget['hold']>,
  reverse: SearchResult | null,
  { ceiling, reverseCeiling, floor }: Pick<Plan, 'ceiling' | 'reverseCeiling' | 'floor'>,
): number {
  if (reverse?.silence === true) return Math.min(ceiling, reverse.pathMtu ?? floor);
  return !firm && isHoleGone(reverse, reverseCeiling) ? ceiling : Math.min(ceiling, above);
}

/** All that can be asked for arrived, or its sender is told, or never sends more. What is hidden is not gone. */
function isHoleGone(reverse: SearchResult | null, reverseCeiling: number): boolean {
  if (reverse === null || reverse.pathMtu === null) return false;
  const { settledBy } = reverse;
  return (
    settledBy === 'told' || settledBy === 'limited' || (settledBy === 'ceiling' && reverse.ceiling >= reverseCeiling)
  );
}
