/** Whether a path is what its target is held to: readiness, the history and the exit codes agree on it. Pure. */

import type { Verdict } from '../../contract.ts';
import { isAtLeast } from '../../verdict-order.ts';
import type { Expectations, KnownDirection } from '../contract.ts';

/** In the words of the exit codes: proved to be wrong, not known, or well. */
export type Grade = 'found' | 'unknown' | 'clear';

interface View {
  readonly verdict: Verdict;
  readonly forward: Pick<KnownDirection, 'pathMtu' | 'exact'>;
  readonly reverse: Pick<KnownDirection, 'pathMtu' | 'exact'>;
}

/** A lower bound below what is expected proves nothing, and is not enough either. */
export function gradeOf(
  { verdict, forward, reverse }: View,
  { failOn, expectMtu }: Omit<Expectations, 'gating'>,
): Grade {
  const short = [forward, reverse].filter((direction) => isShort(direction, expectMtu));
  if (isAtLeast(verdict, failOn) || short.some(({ exact }) => exact)) return 'found';
  return isUndecided(verdict) || short.length > 0 ? 'unknown' : 'clear';
}

export function isUndecided(verdict: Verdict): boolean {
  return verdict === 'inconclusive' || verdict === 'unreachable';
}

export function isShort({ pathMtu }: Pick<KnownDirection, 'pathMtu'>, expectMtu: number | null): boolean {
  return pathMtu !== null && expectMtu !== null && pathMtu < expectMtu;
}
