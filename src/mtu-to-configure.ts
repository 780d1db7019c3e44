/** The one number that a report is about; findings and formats speak of the same. */

import type { Direction, Egress } from './contract.ts';

/**
 * The MTU that makes every packet fit: the smallest path MTU of both directions.
 *
 * @returns `null` while none is certain, or when nothing smaller than the interface's own is needed. A lower bound is
 *   no number to configure: what is larger may pass as well.
 */
export function mtuToConfigure(path: {
  readonly forward: Direction;
  readonly reverse: Direction;
  readonly egress: Pick<Egress, 'mtu'>;
}): number | null {
  const sizes = [path.forward, path.reverse]
    .filter(isCertain)
    .map(({ pathMtu }) => pathMtu ?? Number.POSITIVE_INFINITY);
  const smallest = Math.min(...sizes);
  if (smallest < path.egress.mtu) return smallest;
  // Asked for more than the interface takes: networks behind this host are what the number is for.
  const isForOthers = smallest === path.egress.mtu && path.reverse.behaviour === 'silent' && path.reverse.exact;
  return isForOthers ? smallest : null;
}

/** A lower bound says nothing of what lies above it, and a route of this host is meant as it is. */
function isCertain({ exact, behaviour }: Direction): boolean {
  return exact && behaviour !== 'local-limit';
}

/** RFC 8200 §5: Linux switches IPv6 off on an interface below it. */
const LEAST_IPV6 = 1280;

/** The sentence that names the number; `null` when there is none. */
export function mtuSentence(path: {
  readonly forward: Direction;
  readonly reverse: Direction;
  readonly egress: Pick<Egress, 'interface' | 'mtu'>;
}): string | null {
  const { egress } = path;
  const mtu = mtuToConfigure(path);
  if (mtu === null) return null;
  return mtu === egress.mtu
    ? `Networks behind ${egress.interface} may have no larger MTU than it: set theirs to ${mtu}.`
    : `Set the MTU of ${egress.interface} and of the network behind it to ${mtu} (it is ${egress.mtu}${mtu < LEAST_IPV6 ? '; below 1280 it has no IPv6' : ''}).`;
}
