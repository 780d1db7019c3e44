/** All that is known when the service ends, or a job asks whether it may begin, as one report. Pure. */

import {
  type Environment,
  type PathReport,
  RANKED_VERDICTS,
  type RankedVerdict,
  type Report,
  type Skipped,
} from '../contract.ts';
import { reportVerdict } from '../diagnosis/verdict.ts';
import { type Grade, gradeOf } from '../grade.ts';
import type { PathState, TargetState } from './contract.ts';

export interface Known {
  readonly version: string;
  readonly startedAt: string;
  readonly durationMs: number;
  readonly environments: readonly Environment[];
  readonly targets: readonly TargetState[];
  state(pathId: string): PathState | null;
  lastReport(pathId: string): PathReport | null;
}

/** The last judgement of every path; of one that was always masked, its last run. */
export function summaryReport(known: Known): Report {
  const { version, startedAt, durationMs, environments, targets } = known;
  const paths = targets.flatMap(({ paths: ids }) =>
    ids.flatMap((id) => known.state(id)?.judgement?.report ?? known.lastReport(id) ?? []),
  );
  const skipped = targets.flatMap((target): Skipped[] => {
    const reason = target.problem ?? (target.paths.length === 0 ? 'not measured before the service ended' : null);
    return reason === null ? [] : [{ target: target.target, address: null, reason }];
  });
  const verdicts = [...paths.map(({ verdict }) => verdict), ...skipped.map(() => 'inconclusive' as const)];
  return {
    schemaVersion: 1,
    version,
    startedAt,
    durationMs,
    verdict: reportVerdict(verdicts, strictest(targets)),
    environments,
    paths,
    skipped,
  };
}

/** What is a failure for one target is one for the whole. */
export function strictest(targets: readonly TargetState[]): RankedVerdict {
  const found = RANKED_VERDICTS.find((verdict) => targets.some(({ failOn }) => failOn === verdict));
  return found ?? 'delayed';
}

/** As the exit code of a run: something is proved to be wrong, something is not known, or all is well. */
export function outcomeOf({ targets, state }: Pick<Known, 'targets' | 'state'>): Grade {
  const each = targets.flatMap((target): Grade[] => {
    if (target.problem !== null || target.paths.length === 0) return ['unknown'];
    return target.paths.map((id) => {
      const judgement = state(id)?.judgement ?? null;
      return judgement === null ? 'unknown' : gradeOf(judgement, target);
    });
  });
  if (each.includes('found')) return 'found';
  // Whoever is to be measured and was never found is no good news either.
  return each.length === 0 || each.includes('unknown') ? 'unknown' : 'clear';
}
