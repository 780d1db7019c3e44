/** Why TCP on this host stops below the interface's MTU: a route that says so, or a path MTU it remembers. */

import type { Measurement } from '../search/measurement.ts';

type Local = Pick<Measurement, 'egress' | 'routeMtu' | 'ceiling'>;

/** A remembered path MTU is what stops a search at this size. */
export function isMaskedAt({ egress, ceiling }: Local, size: number): boolean {
  const { cachedPathMtu } = egress;
  return cachedPathMtu !== null && cachedPathMtu < ceiling && size >= cachedPathMtu;
}

/** The route's own MTU is what stops a search at this size. */
export function isRouteLimitAt({ routeMtu, ceiling, egress }: Local, size: number): boolean {
  return routeMtu !== null && routeMtu < ceiling && size >= routeMtu && egress.cachedPathMtu === null;
}
