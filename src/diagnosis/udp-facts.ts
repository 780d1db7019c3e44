/**
 * What is certain about prober → target from questions to a UDP service, and from pings beside them.
 *
 *      service   ●──────────●       ✗            alone: the service may take no larger ones, or something looks into UDP
 *      pings     ●──────────●       ✗            both end at the same size: the path does
 *      pings     ●─────────────────────●         the path carries more than the service answers
 *      pings     ●────●   ✗                      somebody limits pings: they say nothing
 */

import type { Measurement, SearchResult } from '../search/measurement.ts';
import { isUdpService } from './facts.ts';

/** Large questions vanish, and it is proved that they do so on the way: a responder takes all that reach it. */
export function isSilentToUdp({ forward }: Measurement, { method, silence, pathMtu }: SearchResult): boolean {
  if (!isUdpService(method)) return silence;
  return silence && forward.witness?.silence === true && forward.witness.pathMtu === pathMtu;
}
