/** Whether a job may start: every gating target's last judgement is good enough. Pure. */

import { isShort, isUndecided } from '../../grade.ts';
import { isAtLeast } from '../../verdict-order.ts';
import type { Expectations, Judgement, KnownDirection, PathState, Readiness, TargetState } from '../contract.ts';
import { nameOf, problemSummary } from './summaries.ts';

/** @param pathsOf those that the last run of a target found. */
export function readinessOf(
  targets: readonly TargetState[],
  pathsOf: (target: TargetState) => readonly PathState[],
): Readiness {
  const gating = targets.filter((target) => target.gating);
  const found = gating.map((target) => inTheWay(target, pathsOf(target)));
  const reasons = found.flatMap((each) => each.reasons);
  return { ready: reasons.length === 0, pending: found.some(({ pending }) => pending), reasons };
}

interface Found {
  readonly reasons: readonly string[];
  readonly pending: boolean;
}

function inTheWay(target: TargetState, paths: readonly PathState[]): Found {
  // A name that cannot be resolved yet was not judged either.
  const pending = paths.length === 0;
  if (target.problem !== null) return { reasons: [problemSummary(target.target, target.problem)], pending };
  // What was known before a restart is known still.
  if (pending) return { reasons: [`${target.target}: not measured yet`], pending };
  const unjudged = paths.filter(({ judgement }) => judgement === null);
  const reasons = [
    ...unjudged.map((path) => `${nameOf(path)}: masked by a path MTU that this host remembers`),
    ...paths.flatMap((path) => (path.judgement === null ? [] : shortfalls(path, path.judgement, target))),
  ];
  return { reasons, pending: unjudged.length > 0 };
}

function shortfalls(path: PathState, judgement: Judgement, { failOn, expectMtu }: Expectations): string[] {
  const { verdict, forward, reverse, since } = judgement;
  if (isUndecided(verdict) || isAtLeast(verdict, failOn)) return [`${nameOf(path)}: ${verdict} since ${since}`];
  return [...shortOf('forward', forward, expectMtu), ...shortOf('reverse', reverse, expectMtu)].map(
    (text) => `${nameOf(path)}: ${text}`,
  );
}

function shortOf(name: string, direction: KnownDirection, expectMtu: number | null): string[] {
  if (!isShort(direction, expectMtu)) return [];
  const { pathMtu, exact } = direction;
  return [`${name} path MTU is ${exact ? '' : 'at least '}${pathMtu}, expected is ${expectMtu}`];
}
