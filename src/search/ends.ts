/** Between which two sizes a direction ends, by all that looked at it. */

import type { Ends } from './hop-rule.ts';
import type { SearchResult } from './measurement.ts';

/** `null` where nothing fails, or nothing arrives. What arrived by one method was lost to another for its own reasons. */
export function endsOf(searches: readonly (SearchResult | null)[]): Ends | null {
  const known = searches.filter((search) => search !== null);
  const passing = Math.max(0, ...known.map(({ pathMtu }) => pathMtu ?? 0));
  const failed = known.flatMap(({ lost, smallestTold }) => (smallestTold === null ? lost : [...lost, smallestTold]));
  const failing = Math.min(...failed.filter((size) => size > passing));
  return passing > 0 && Number.isFinite(failing) ? { passing, failing } : null;
}
