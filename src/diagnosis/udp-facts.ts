/**
 * What is certain about prober → target from questions to a UDP service, and from pings beside them.
 *
 *      service   ●──────────●       ✗            silence of the service alone, as far as every service listens: the path's
 *      pings     ●──────────●       ✗            the same of pings: the path's, whatever the size
 *      pings     ●─────────────────────●         the path carries more: something looks into UDP, or the service refuses
 */

import type { Measurement, SearchResult } from '../search/measurement.ts';

/** QUIC servers read into buffers of an Ethernet packet; nobody owes an answer to anything larger. */
const EVERY_SERVICE_TAKES = 1500;

/** Large questions vanish, and it is proved that they do so on the way. */
export function isSilentToUdp({ forward }: Measurement, { silence, pathMtu }: SearchResult): boolean {
  if (!silence || isCarried(forward.witness, pathMtu)) return false;
  return forward.witness?.silence === true || (pathMtu ?? 0) < EVERY_SERVICE_TAKES;
}

/** Pings larger than anything that the service answered arrive. */
function isCarried(witness: SearchResult | null, pathMtu: number | null): boolean {
  return (witness?.pathMtu ?? 0) > (pathMtu ?? 0);
}
