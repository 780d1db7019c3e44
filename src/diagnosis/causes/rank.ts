/**
 * The likelier first, by points that a reader can add up. No sum of them makes a fact of a guess.
 *
 *   how often reports name it            rarely 1, known 2, often 3; 0 for a base that it has not been met on
 *   taken from this interface's own MTU  2      a number of its own as well: it is taken from whatever there is
 *   met on that very base                1
 *   one of a range of numbers           -1      what explains many numbers says little of each
 *   something seen here speaks for it    1 to 3 the strongest sign counts
 */

import { MET } from './cause.ts';
import { isCombination, type Matched } from './matches.ts';
import { type Sign, strongest } from './sign.ts';

/** Ethernet is what everything has been met on (RFC 894). */
const ETHERNET = 1500;
const OWN_BASE = 2;
const MET_THERE = 1;
const RANGE = -1;

/**
 * @param base the MTU that packets of this host start with.
 * @param signs what is seen here.
 * @returns the likeliest first; among equals exact bytes before a range, what is met more often, and the order of the table.
 */
export function ranked(matches: readonly Matched[], base: number, signs: readonly Sign[]): readonly Matched[] {
  const weighed = matches.map((match) => ({ match, points: pointsOf(match, base, signs) }));
  return weighed
    .sort((a, b) => b.points - a.points || widthOf(a.match) - widthOf(b.match) || metOf(b.match) - metOf(a.match))
    .map(({ match }) => match);
}

function pointsOf(match: Matched, base: number, signs: readonly Sign[]): number {
  const { cause } = match;
  const isNumber = cause.match.kind === 'number';
  const isOwn = isNumber || match.base === base;
  const isMetThere = isOwn || isCombination(cause) || match.base === ETHERNET;
  return (
    (isMetThere ? metOf(match) + 1 : 0) +
    (isOwn ? OWN_BASE : 0) +
    (isCombination(cause) ? MET_THERE : 0) +
    (widthOf(match) > 0 ? RANGE : 0) +
    (strongest(cause, signs)?.strength ?? 0)
  );
}

function metOf({ cause }: Matched): number {
  return MET.indexOf(cause.met);
}

function widthOf({ cause: { match } }: Matched): number {
  return match.kind === 'number' ? 0 : match.most - match.least;
}
