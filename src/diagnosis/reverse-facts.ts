/** What is certain about target → prober. */

import type { Measurement } from '../search/measurement.ts';
import { type DirectionFacts, isUdp, NOTHING_KNOWN } from './facts.ts';
import { isMaskedAt } from './local-limits.ts';
import { isToldUpTo, offeredSize } from './offered.ts';

export function reverseFacts(given: Measurement): DirectionFacts {
  const measurement = { ...given, ceiling: given.reverseCeiling };
  const { reverse, ceiling } = measurement;
  const { search, exercised, largestSeen, noReply, recoveredAfterMs } = reverse;
  if (search === null) {
    const short = !exercised && largestSeen !== null;
    return {
      ...NOTHING_KNOWN,
      ceiling,
      pathMtu: largestSeen,
      provedBy: short ? ['tcp-mss'] : [],
      exercised: measurement.portState !== 'open' || noReply || measurement.cut || wasCutOff(measurement),
    };
  }
  const { method, pathMtu, settledBy, silence, smallestTold } = search;
  const isTold = settledBy === 'told' || (settledBy === null && smallestTold !== null);
  const reachedAll = settledBy === 'ceiling' && search.ceiling >= ceiling;
  const reachedOurs = settledBy === 'ceiling' && search.ceiling < ceiling;
  // What our own SYN could not offer was never sent: a route's MTU is an MSS in force like any other.
  const heldByUs = reachedOurs && !isMaskedAt(measurement, search.ceiling) ? search.ceiling : null;
  return {
    ...NOTHING_KNOWN,
    ceiling,
    pathMtu,
    exact: reachedAll || settledBy === 'loss' || settledBy === 'told' || (settledBy === 'limited' && isUdp(method)),
    provedBy: pathMtu === null && !silence ? [] : [method],
    silentBy: silence ? [method] : [],
    toldBy:
      isTold &&
      pathMtu !== null &&
      isToldUpTo(search, Math.min(search.ceiling, offeredSize(measurement)), pathMtu) &&
      !silence
        ? [method]
        : [],
    heldAt: settledBy === 'limited' ? pathMtu : heldByUs,
    masked: search.ceiling < ceiling && isMaskedAt(measurement, search.ceiling),
    recoveredAfterMs,
  };
}

/** Connections were reset before any reply was over: how long it would have been is not known. */
function wasCutOff({ evidence }: Measurement): boolean {
  const outcomes = evidence.filter(({ direction }) => direction === 'reverse').map(({ outcome }) => outcome);
  return outcomes.includes('refused') && !outcomes.includes('short-reply');
}
