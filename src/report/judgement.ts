/**
 * Whether one direction of a path is what the one who asked can live with. It agrees with the exit code: where that is 1
 * something has failed, where it is 3 something has failed or is unknown, where it is 0 neither.
 */

import type { DirectionName, PathReport, RankedVerdict, Report } from '../contract.ts';
import { isAtLeast } from '../verdict-order.ts';
import { directionSentence } from './direction-sentence.ts';
import { expectationSentence } from './expectation.ts';
import type { Threshold } from './formatter.ts';

export const DIRECTIONS: readonly DirectionName[] = ['forward', 'reverse'];

export interface Judgement {
  readonly result: 'passed' | 'failed' | 'unknown' | 'not-measured';
  /** The verdict that this direction alone stands for; else why there is none. */
  readonly verdict: RankedVerdict | 'inconclusive' | 'unreachable';
  readonly sentence: string;
}

export function judge(name: DirectionName, path: PathReport, { failOn, expectMtu }: Threshold): Judgement {
  const { [name]: direction } = path;
  const ranked = rankedVerdict(name, path);
  const verdict = ranked ?? (path.verdict === 'unreachable' ? 'unreachable' : 'inconclusive');
  const sentence = directionSentence(name, path);
  if (ranked !== null && isAtLeast(ranked, failOn) && isAsBad(path, failOn)) {
    return { result: 'failed', verdict, sentence };
  }
  const less = expectationSentence(direction, expectMtu);
  if (less !== null) {
    return { result: direction.exact ? 'failed' : 'unknown', verdict, sentence: `${sentence} ${less}` };
  }
  if (ranked !== null) return { result: 'passed', verdict, sentence };
  return { result: isWanting(name, path) ? 'unknown' : 'not-measured', verdict, sentence };
}

/** What the whole report comes to: as the exit codes 1, 3 and 0. */
export function resultOf(report: Report, threshold: Threshold): 'failed' | 'unknown' | 'passed' {
  const { paths, skipped } = report;
  const results = paths.flatMap((path) => DIRECTIONS.map((name) => judge(name, path, threshold).result));
  if (results.includes('failed')) return 'failed';
  const isMissing = paths.length === 0 || skipped.some(({ target }) => isUnmeasured(target, report));
  return results.includes('unknown') || isMissing ? 'unknown' : 'passed';
}

/** Targets of which no address could be measured; their reasons are in `skipped`. */
export function isUnmeasured(target: string, { paths }: Report): boolean {
  return !paths.some((path) => path.target === target);
}

/** What this direction alone comes to; `null` where that is not known. */
function rankedVerdict(name: DirectionName, path: PathReport): RankedVerdict | null {
  if (path.verdict === 'unreachable') return null;
  switch (path[name].behaviour) {
    case 'silent':
      return isProvedSilence(name, path) ? 'black-hole' : null;
    case 'signalled':
    case 'local-limit':
      return 'reduced';
    case 'delayed':
    case 'clamped':
    case 'clear':
      return path[name].behaviour;
    case 'not-exercised':
    case 'unknown':
      return null;
  }
}

/** A black hole has a finding that names its direction; silence that may be that of a policer has none. */
function isProvedSilence(name: DirectionName, { verdict, findings }: PathReport): boolean {
  const has = (direction: DirectionName): boolean => findings.some(({ code }) => code === `black-hole-${direction}`);
  return has(name) || (verdict === 'black-hole' && !has(other(name)));
}

/**
 * A direction that nobody asked for can be known as well; it does not count in the path's verdict. Nor does one beside
 * another that is not known: the path is undecided then, and so is the exit code.
 */
function isAsBad({ verdict }: PathReport, failOn: RankedVerdict): boolean {
  return isAtLeast(verdict, failOn);
}

/**
 * Of a direction without any evidence the report does not say whether it was asked for. Where it alone can be why the
 * path is undecided, it was.
 */
function isWanting(name: DirectionName, path: PathReport): boolean {
  if (!isUntouched(name, path)) return true;
  if (path.verdict !== 'inconclusive' && path.verdict !== 'unreachable') return false;
  return isUntouched(other(name), path) || rankedVerdict(other(name), path) !== null;
}

function isUntouched(name: DirectionName, { [name]: { pathMtu }, evidence }: PathReport): boolean {
  return pathMtu === null && !evidence.some(({ direction }) => direction === name);
}

function other(name: DirectionName): DirectionName {
  return name === 'forward' ? 'reverse' : 'forward';
}
