/** How many round trips a measurement over datagrams took, by what it sent when. */

import type { PathReport } from '../contract.ts';

/**
 * Waves follow one another at whole round trips, and each is counted for itself: a machine that holds the process up
 * for less than half of one between two of them does not change the number, however often it does. What the last wave
 * sent takes one round trip, and one more to be sure that nothing comes any more.
 *
 * @returns `null` where no round trip was seen.
 */
export function roundTripsOf({ rttMs, evidence }: Pick<PathReport, 'rttMs' | 'evidence'>): number | null {
  if (rttMs === null || rttMs === 0) return null;
  const sent = evidence.map(({ sentAtMs }) => sentAtMs).sort((one, other) => one - other);
  const gaps = sent.map((at, index) => at - (sent[index - 1] ?? 0));
  return gaps.reduce((trips, gap) => trips + Math.round(gap / rttMs), 2);
}
