/**
 * One run after the other becomes what is known of a path, and the story of how it changed. Pure.
 *
 *   not masked                 becomes the judgement; a change is an event
 *   masked                     the judgement stands, and is shown as masked since then
 *   masked, and proved worse   becomes the judgement: a black hole that is seen through a mask is one
 */

import { type PathReport, RANKED_VERDICTS, type Verdict } from '../../contract.ts';
import { isAtLeast } from '../../verdict-order.ts';
import type { Judgement, NewEvent, PathState, Turn } from '../contract.ts';
import { best, changeOf } from './change.ts';
import { forwardOf, holdAfter, isMasked, knownOf } from './known.ts';
import { changedSummary, foundSummary, maskedSummary, unmaskedSummary } from './summaries.ts';

export interface Folded {
  readonly state: PathState;
  readonly events: readonly NewEvent[];
}

/**
 * @param before `null` for a path that was never seen.
 * @param run when it began, and the target as configured.
 */
export function foldRun(
  before: PathState | null,
  report: PathReport,
  { id, target, at }: { readonly id: string; readonly target: string; readonly at: string },
): Folded {
  const masked = isMasked(report);
  const earlier = before?.judgement ?? null;
  const counts = !masked || isProvedWorse(report.verdict, earlier?.verdict ?? null);
  const judged = counts ? judge(earlier, report, at) : { judgement: earlier, turn: null };
  const maskedSince = counts ? null : (before?.maskedSince ?? at);
  const state: PathState = {
    id,
    target,
    address: report.address,
    family: report.family,
    transport: report.transport,
    firstSeenAt: before?.firstSeenAt ?? at,
    judgement: judged.judgement,
    last: { at, verdict: report.verdict, masked },
    maskedSince,
    holdForwardAbove: holdAfter(report, before?.holdForwardAbove ?? null),
  };
  const base = { at, target, pathId: id, before: null, after: null };
  const events: NewEvent[] = [];
  if (before !== null && before.maskedSince !== null && counts) {
    events.push({ ...base, kind: 'unmasked', summary: unmaskedSummary(state, before.maskedSince) });
  }
  if (judged.turn !== null) events.push({ ...base, ...eventOf(state, judged.turn) });
  if (maskedSince === at) events.push({ ...base, kind: 'masked', summary: maskedSummary(state) });
  return { state, events };
}

interface Judged {
  readonly judgement: Judgement | null;
  readonly turn: { readonly before: Turn | null; readonly after: Turn; readonly kind: NewEvent['kind'] } | null;
}

function judge(earlier: Judgement | null, report: PathReport, at: string): Judged {
  const { verdict } = report;
  const after: Turn = { at, verdict, forward: forwardOf(report, earlier), reverse: knownOf(report.reverse), report };
  if (earlier === null)
    return { judgement: { ...after, since: at }, turn: { before: null, after, kind: 'path-found' } };
  const change = changeOf(earlier, after);
  if (change === 'none') {
    // Reduced first and clamped then, or forward was not looked at again: it is what it was, and its report says more.
    const saysLess = earlier.verdict !== verdict || after.forward === earlier.forward;
    const view = saysLess ? { ...earlier, at } : { ...after, since: earlier.since };
    // Each step may be no change, and all of them together one: what is compared next is the best that was known.
    const forward = best(earlier.forward, after.forward);
    const reverse = best(earlier.reverse, after.reverse);
    return { judgement: { ...view, forward, reverse }, turn: null };
  }
  const { since: _, ...before } = earlier;
  const kind = change === 'verdict' ? 'verdict-changed' : 'path-mtu-changed';
  return { judgement: { ...after, since: at }, turn: { before, after, kind } };
}

function eventOf(state: PathState, { before, after, kind }: NonNullable<Judged['turn']>) {
  const summary = before === null ? foundSummary(state, after) : changedSummary(state, before, after);
  return { kind, summary, before, after };
}

/** What hides something can make a path look better than it is, never worse. */
function isProvedWorse(verdict: Verdict, than: Verdict | null): boolean {
  const ranked: readonly Verdict[] = RANKED_VERDICTS;
  return isAtLeast(verdict, 'delayed') && (than === null || ranked.indexOf(verdict) > ranked.indexOf(than));
}
