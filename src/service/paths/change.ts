/** Whether two views of a path differ by what is proved. Pure. */

import type { Verdict } from '../../contract.ts';
import type { KnownDirection } from '../contract.ts';

interface View {
  readonly verdict: Verdict;
  readonly forward: KnownDirection;
  readonly reverse: KnownDirection;
}

export type Change = 'none' | 'verdict' | 'path-mtu';

/**
 * Who was told once offers a smaller MSS to the next connection, so that one and the same path is found reduced first
 * and clamped then: at equal path MTUs that is no change.
 */
const ALIKE: readonly Verdict[] = ['reduced', 'clamped'];

export function changeOf(before: View, after: View): Change {
  const mtu = isOther(before.forward, after.forward) || isOther(before.reverse, after.reverse);
  const alike = ALIKE.includes(before.verdict) && ALIKE.includes(after.verdict) && !mtu;
  if (before.verdict !== after.verdict && !alike) return 'verdict';
  return mtu ? 'path-mtu' : 'none';
}

/** Two path MTUs contradict each other: a lower bound below another number says nothing. */
function isOther(before: KnownDirection, after: KnownDirection): boolean {
  if (before.pathMtu === null || after.pathMtu === null) return false;
  if (after.pathMtu < before.pathMtu) return after.exact;
  return after.pathMtu > before.pathMtu && before.exact;
}

/** Of two that do not contradict each other: the one that says more, the later one where they say the same. */
export function best(before: KnownDirection, after: KnownDirection): KnownDirection {
  if (before.pathMtu === null || after.exact) return after;
  if (after.pathMtu === null) return after.behaviour === 'not-exercised' ? before : after;
  return before.exact || after.pathMtu < before.pathMtu ? before : after;
}
