/** What a path amounts to, and a report: the first rule that fits. */

import { type DirectionName, RANKED_VERDICTS, type RankedVerdict, type Verdict } from '../contract.ts';
import { isAtLeast } from '../verdict-order.ts';
import { behaviourOf } from './behaviour.ts';
import { type DirectionFacts, isTcp, isUdp } from './facts.ts';

export interface PathFacts {
  /** Anything at all came back. */
  readonly answered: boolean;
  readonly asked: readonly DirectionName[];
  readonly forward: DirectionFacts;
  readonly reverse: DirectionFacts;
}

interface VerdictRule {
  readonly verdict: Verdict;
  readonly because: string;
  readonly fits: (asked: readonly DirectionFacts[], answered: boolean) => boolean;
}

export const VERDICT_RULES: readonly VerdictRule[] = [
  { verdict: 'unreachable', because: 'nothing answered at all', fits: (_, answered) => !answered },
  {
    verdict: 'black-hole',
    because: 'silence is proved by TCP itself, by a responder, by a UDP service and pings, or by two methods',
    fits: (asked) => asked.some((facts) => behaviourOf(facts) === 'silent' && isProvedSilence(facts)),
  },
  { verdict: 'delayed', because: 'a black hole that healed by itself', fits: has('delayed') },
  {
    verdict: 'inconclusive',
    because: 'a direction is not known, or silent by echo alone, which a policer may be as well',
    fits: has('silent', 'unknown', 'not-exercised'),
  },
  {
    verdict: 'reduced',
    because: 'larger packets do not pass, and their sender knows',
    fits: has('signalled', 'local-limit'),
  },
  { verdict: 'clamped', because: 'larger packets are never sent over TCP', fits: has('clamped') },
  { verdict: 'clear', because: 'the largest packets arrive', fits: () => true },
];

export function verdictOf({ answered, asked, forward, reverse }: PathFacts): Verdict {
  const directions = asked.map((name) => (name === 'forward' ? forward : reverse));
  const rule = VERDICT_RULES.find(({ fits }) => fits(directions, answered)) as VerdictRule;
  return rule.verdict;
}

/** Echo alone is no proof: routers and hosts limit the rate of large pings. */
export function isProvedSilence({ silentBy }: DirectionFacts): boolean {
  return silentBy.some(isTcp) || silentBy.some(isUdp) || silentBy.length >= 2;
}

function has(...behaviours: readonly string[]): VerdictRule['fits'] {
  return (asked) => asked.some((facts) => behaviours.includes(behaviourOf(facts)));
}

/**
 * A report's verdict, by the precedence of its exit code: what is to fail the run, then what is not known, then the
 * worst of the rest. A report without paths knows nothing.
 *
 * @param verdicts of the paths, and `inconclusive` for every target that has none.
 */
export function reportVerdict(verdicts: readonly Verdict[], failOn: RankedVerdict): Verdict {
  const worst = [...RANKED_VERDICTS].reverse().find((verdict) => verdicts.includes(verdict));
  if (worst !== undefined && isAtLeast(worst, failOn)) return worst;
  if (verdicts.includes('unreachable') && !verdicts.includes('inconclusive')) return 'unreachable';
  if (verdicts.includes('inconclusive') || worst === undefined) return 'inconclusive';
  return worst;
}
