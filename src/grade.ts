/** Whether a path is what it is held to: readiness, the history and the exit codes agree on it. Pure. */

import type { Direction, RankedVerdict, Verdict } from './contract.ts';
import { isAtLeast } from './verdict-order.ts';

/** In the words of the exit codes: proved to be wrong, not known, or well. */
export type Grade = 'found' | 'unknown' | 'clear';

interface View {
  readonly verdict: Verdict;
  readonly forward: Pick<Direction, 'pathMtu' | 'exact'>;
  readonly reverse: Pick<Direction, 'pathMtu' | 'exact'>;
}

/** A lower bound below what is expected proves nothing, and is not enough either. */
export function gradeOf(
  { verdict, forward, reverse }: View,
  { failOn, expectMtu }: { readonly failOn: RankedVerdict; readonly expectMtu: number | null },
): Grade {
  const short = [forward, reverse].filter((direction) => isShort(direction, expectMtu));
  if (isAtLeast(verdict, failOn) || short.some(({ exact }) => exact)) return 'found';
  return isUndecided(verdict) || short.length > 0 ? 'unknown' : 'clear';
}

export function isUndecided(verdict: Verdict): boolean {
  return verdict === 'inconclusive' || verdict === 'unreachable';
}

export function isShort({ pathMtu }: Pick<Direction, 'pathMtu'>, expectMtu: number | null): boolean {
  return pathMtu !== null && expectMtu !== null && pathMtu < expectMtu;
}

/** What all of them expect; `null` where they do not expect the same, since a report is held to one number. */
export function commonExpectation(held: readonly { readonly expectMtu: number | null }[]): number | null {
  const [first = null, ...others] = new Set(held.map(({ expectMtu }) => expectMtu));
  return others.length === 0 ? first : null;
}
