/** What TCP can send at all: the behaviour of a direction speaks of nothing larger. */

import type { Measurement, SearchResult } from '../search/measurement.ts';
import { sizeOfMss } from '../wire/header-size.ts';

/** The largest packet that the MSS in the first SYN-ACK allows, and the ceiling at most. */
export function offeredSize({ mss, family, ceiling }: Measurement): number {
  return mss.peer === null ? ceiling : Math.min(ceiling, sizeOfMss(mss.peer, family));
}

/**
 * The senders of all packets up to this size were told, as far as they do not arrive: none was lost without a word, and
 * the largest was not left out.
 *
 * @param arrived what is known to arrive, by whatever method: what was lost below that was lost for another reason.
 */
export function isToldUpTo({ largestTold, lost }: SearchResult, size: number, arrived: number | null): boolean {
  const isSilent = lost.some((missing) => missing <= size && missing > (arrived ?? 0));
  return largestTold !== null && largestTold >= size && !isSilent;
}
