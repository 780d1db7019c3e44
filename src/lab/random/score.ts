/** A report held against the truth: exact, honest about what it does not know, or wrong. */

import type { Direction, DirectionName, PathReport } from '../../contract.ts';
import type { DirectionTruth, Truth } from './truth.ts';

export interface Score {
  readonly grade: 'exact' | 'honest' | 'wrong';
  /** What is wrong, or what is not known and why; empty when all is exact. */
  readonly reasons: readonly string[];
}

/** Where nothing is claimed, nothing can be wrong. */
const CLAIMS_NOTHING: readonly string[] = ['unknown', 'not-exercised'];

export function scoreOf(path: PathReport, truth: Truth): Score {
  const wrong = [
    ...wrongDirection('forward', path, truth),
    ...wrongDirection('reverse', path, truth),
    ...wrongVerdict(path, truth),
    ...wrongHop(path, truth),
  ];
  if (wrong.length > 0) return { grade: 'wrong', reasons: wrong };
  const missed = [...missedIn('forward', path, truth), ...missedIn('reverse', path, truth)];
  if (missed.length === 0 && path.verdict === truth.verdict) return { grade: 'exact', reasons: [] };
  const said = path.findings.map(({ code }) => code);
  return { grade: 'honest', reasons: [...missed, `says ${path.verdict}, ${said.join(' ')}`] };
}

function wrongVerdict(path: PathReport, truth: Truth): string[] {
  const { verdict } = path;
  if (verdict === truth.verdict || verdict === 'inconclusive') return [];
  // What is not known of one direction takes nothing from what is proved of the other.
  return [`verdict ${verdict}, is ${truth.verdict}`];
}

function wrongHop({ forward }: PathReport, { ends }: Truth): string[] {
  const { hop } = forward;
  if (hop === null || (ends.includes(hop.ttl) && hop.next.ttl > hop.ttl)) return [];
  return [`hop ${hop.ttl}, is ${ends.join(' or ') || 'none'}`];
}

function wrongDirection(name: DirectionName, path: PathReport, truth: Truth): string[] {
  const got = path[name];
  const is = truth[name];
  const wrong: string[] = [];
  if ((got.pathMtu ?? 0) > is.pathMtu) wrong.push(`${name} ${got.pathMtu}, is ${is.pathMtu}`);
  else if (got.exact && got.pathMtu !== is.pathMtu) wrong.push(`${name} exactly ${got.pathMtu}, is ${is.pathMtu}`);
  if (!CLAIMS_NOTHING.includes(got.behaviour) && got.behaviour !== is.behaviour) {
    wrong.push(`${name} ${got.behaviour}, is ${is.behaviour}`);
  }
  return wrong;
}

function missedIn(name: DirectionName, path: PathReport, truth: Truth): string[] {
  const got = path[name];
  if (got.behaviour === truth[name].behaviour && isComplete(got, truth[name], truth.offered)) return [];
  return [
    `${name} ${got.exact ? '' : 'at least '}${got.pathMtu} ${got.behaviour}, is ${truth[name].pathMtu} ${truth[name].behaviour}`,
  ];
}

/** TCP that is held at a size says nothing of larger ones: that it is held there is all there is to know. */
function isComplete(got: Direction, is: DirectionTruth, offered: number): boolean {
  if (is.behaviour === 'clamped') return (got.pathMtu ?? 0) >= Math.min(offered, is.pathMtu);
  return got.exact && got.pathMtu === is.pathMtu;
}
