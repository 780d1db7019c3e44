/** Short hand for what a measurement must say. */

import type { Verdict } from '../../contract.ts';
import type { DirectionExpectation, Expectation, OneOf } from '../scenario.ts';

/** Exit codes of `mtu-probe run` with the default `--fail-on delayed`. */
const EXIT_CODES: Readonly<Record<Verdict, number>> = {
  clear: 0,
  clamped: 0,
  reduced: 0,
  delayed: 1,
  'black-hole': 1,
  inconclusive: 3,
  unreachable: 3,
};

/** One path measured: verdict, both directions, and whatever else matters in this case. */
export function expectation(
  verdict: OneOf<Verdict>,
  forward: DirectionExpectation,
  reverse: DirectionExpectation,
  more: Pick<Expectation, 'findings' | 'evidence' | 'withinMs'> = {},
): Expectation {
  const verdicts = [verdict].flat();
  return { verdict, exitCode: verdicts.map((each) => EXIT_CODES[each]), forward, reverse, ...more };
}

/** The ceiling arrives. */
export function clear(pathMtu: number): DirectionExpectation {
  return { pathMtu, exact: true, behaviour: 'clear', masked: false };
}

/** Larger packets vanish and their sender is not told. */
export function silent(pathMtu: number): DirectionExpectation {
  return { pathMtu, exact: true, behaviour: 'silent', masked: false };
}

/** The sender of larger packets is told; by whom, where this side can see it. */
export function told(pathMtu: number, from?: string): DirectionExpectation {
  const packetTooBig: DirectionExpectation['packetTooBig'] =
    from === undefined ? undefined : { from, nextHopMtu: pathMtu };
  return { pathMtu, exact: true, behaviour: 'signalled', masked: false, ...(packetTooBig && { packetTooBig }) };
}

/** TCP never sends more than this, since somebody rewrote the MSS. */
export function clamped(pathMtu: number): DirectionExpectation {
  return { pathMtu, behaviour: 'clamped', masked: false };
}

/** The black hole healed by itself while it was watched. */
export function delayed(pathMtu: number): DirectionExpectation {
  return { pathMtu, exact: true, behaviour: 'delayed', masked: false };
}

/** Whatever is lost, it is no matter of size: at worst nothing is decided. */
export function atWorstUnknown(pathMtu: number): DirectionExpectation {
  return { pathMtu: [pathMtu, null], behaviour: ['clear', 'unknown', 'not-exercised'] };
}

/** Nothing was learnt about this direction. */
export const NOTHING: DirectionExpectation = { pathMtu: null, exact: false, behaviour: 'unknown' };
