/** What a run adds to what is known of a path's directions. Pure. */

import type { Direction, PathReport } from '../../contract.ts';
import { isHole, provesNoHole } from '../../hole.ts';
import type { Judgement, KnownDirection } from '../contract.ts';

export function knownOf({ pathMtu, exact, behaviour }: Direction): KnownDirection {
  return { pathMtu, exact, behaviour };
}

/** This host's memory of a smaller path MTU hides something of it. */
export function isMasked({ forward, reverse }: PathReport): boolean {
  return forward.masked || reverse.masked;
}

/**
 * Forward, where nothing large was sent because of a known black hole on the way back: what was found beside the same
 * hole still holds. What was found before there was one does not.
 */
export function forwardOf(report: PathReport, before: Judgement | null): KnownDirection {
  const withheld = report.findings.some(({ code }) => code === 'forward-withheld');
  const sameHole = before !== null && isHole(before.reverse) && before.reverse.pathMtu === report.reverse.pathMtu;
  const contradicts = (report.forward.pathMtu ?? 0) > (before?.forward.pathMtu ?? 0);
  return withheld && sameHole && !contradicts ? before.forward : knownOf(report.forward);
}

/** What every host takes: RFC 791 §3.1, RFC 8200 §5. */
const FLOORS = { 4: 576, 6: 1280 } as const;

/** @returns the largest size that may go forward while a black hole on the way back is known; `null` while none is. */
export function holdAfter({ family, reverse }: PathReport, before: number | null): number | null {
  if (isHole(reverse)) return reverse.pathMtu ?? FLOORS[family];
  return provesNoHole(reverse) ? null : before;
}
