/** Between which two sizes a direction ends, by all that looked at it. */

import type { Ends } from './hop-rule.ts';
import type { SearchResult } from './measurement.ts';

/**
 * What arrived by one method was lost to another for its own reasons; and where TCP looked, large pings that are lost may
 * be a matter of pings.
 *
 * @returns `null` where nothing fails, or nothing arrives.
 */
export function endsOf(tcp: SearchResult | null, datagrams: readonly (SearchResult | null)[]): Ends | null {
  const others = datagrams.filter((search) => search !== null);
  const known = tcp === null ? others : [tcp, ...others.map((search) => ({ ...search, lost: [] }))];
  const passing = Math.max(0, ...known.map(({ pathMtu }) => pathMtu ?? 0));
  const failed = known.flatMap(({ lost, smallestTold }) => (smallestTold === null ? lost : [...lost, smallestTold]));
  const failing = Math.min(...failed.filter((size) => size > passing));
  return passing > 0 && Number.isFinite(failing) ? { passing, failing } : null;
}
