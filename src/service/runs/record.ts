/** A report becomes states, events and rows of the history. Pure. */

import type { Report } from '../../contract.ts';
import { gradeOf } from '../../grade.ts';
import type { Expectations, HistoryPoint, NewEvent, PathState } from '../contract.ts';
import type { RunEntry, RunPath } from '../history/history.ts';
import { foldRun } from '../paths/fold.ts';
import { isMasked, knownOf } from '../paths/known.ts';
import { pathId } from '../paths/path-id.ts';

/** @param stateOf by id; `null` for a path that was never seen. */
export function runEntry(
  target: string,
  report: Report,
  expectations: Expectations,
  stateOf: (id: string) => PathState | null,
): RunEntry {
  const at = report.startedAt;
  const events: NewEvent[] = [];
  const paths = report.paths.map((path): RunPath => {
    const id = pathId(path);
    const folded = foldRun(stateOf(id), path, { id, target: path.target, at });
    events.push(...folded.events);
    const point: HistoryPoint = {
      at,
      verdict: path.verdict,
      masked: isMasked(path),
      forward: knownOf(path.forward),
      reverse: knownOf(path.reverse),
      rttMs: path.rttMs,
      durationMs: report.durationMs,
    };
    return { state: folded.state, point, failed: gradeOf(path, expectations) !== 'clear', report: path };
  });
  return { target, startedAt: at, durationMs: report.durationMs, paths, events };
}

/** Why nothing at all was measured; `null` when something was. */
export function problemOf({ paths, skipped }: Report): string | null {
  if (paths.length > 0) return null;
  return [...new Set(skipped.map(({ reason }) => reason))].join('; ') || 'no address could be measured';
}
