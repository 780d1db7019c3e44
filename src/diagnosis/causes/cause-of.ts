/** What probably makes the path narrow, by its number and by what is seen around this process. */

import type { Direction, Finding, FindingCode } from '../../contract.ts';
import { mtuToConfigure } from '../../mtu-to-configure.ts';
import type { DirectionFacts } from '../facts.ts';
import { CONDITION_FINDINGS } from '../findings/conditions.ts';
import { NOT_KNOWN_FINDINGS } from '../findings/not-known.ts';
import { isProvedSilence } from '../verdict.ts';
import type { PathView } from '../view.ts';
import { type Matched, matchesOf, nameOf } from './matches.ts';
import { ranked } from './rank.ts';
import { type Sign, strongest } from './sign.ts';
import { signsOf } from './signs.ts';

/** Findings that say of themselves that no link is too narrow. */
const OTHER_CAUSE: readonly FindingCode[] = ['tcp-only', 'udp-unanswered'];

const OTHER_RULES = [...CONDITION_FINDINGS, ...NOT_KNOWN_FINDINGS].filter(({ code }) => OTHER_CAUSE.includes(code));

/** @returns the likeliest cause and the others, never one as a fact; `null` where no number is certain, or known. */
export function causeOf(view: PathView): Finding['cause'] {
  const mtu = narrowMtu(view);
  if (mtu === null) return null;
  const base = ownMtu(view, mtu);
  // Nothing larger was to be tried.
  if (base <= mtu) return null;
  const signs = signsOf(view, mtu);
  const matches = matchesOf(mtu).filter(
    ({ cause: { family } }) => family === null || family === view.measurement.family,
  );
  const [first, ...rest] = ranked(matches, base, signs);
  if (first === undefined) return null;
  const [name = '', ...others] = spelledOut([first, ...rest], signs);
  // A number of its own, and a link that takes more than its MTU, leave what the interface has more.
  return { name, deltaBytes: first.deltaBytes > 0 ? first.deltaBytes : base - mtu, others };
}

/** Names, with the signs behind them: each once, where it speaks loudest. The place concerns the number, whatever explains it. */
function spelledOut(matches: readonly Matched[], signs: readonly Sign[]): string[] {
  const places = signs.filter(({ where }) => where !== null);
  const others = signs.filter(({ where }) => where === null);
  const said = new Set<Sign>();
  return matches.map((match, index) => {
    const sign = strongest(match.cause, others);
    const fresh = [...(index === 0 ? places : []), ...(sign === null || said.has(sign) ? [] : [sign])];
    for (const entry of fresh) said.add(entry);
    return fresh.length === 0 ? nameOf(match) : `${nameOf(match)} (${fresh.map(({ words }) => words).join('; ')})`;
  });
}

/** The number to explain: certain, and that of a direction where larger packets are known not to arrive. */
function narrowMtu(view: PathView): number | null {
  const { forward, reverse, facts, measurement } = view;
  if (OTHER_RULES.some(({ applies }) => applies(view))) return null;
  const mtu = mtuToConfigure({ forward, reverse, egress: measurement.egress });
  const isNarrow = isNarrowAt(forward, facts.forward, mtu) || isNarrowAt(reverse, facts.reverse, mtu);
  return isNarrow ? mtu : null;
}

function isNarrowAt({ behaviour, pathMtu }: Direction, facts: DirectionFacts, mtu: number | null): boolean {
  if (pathMtu !== mtu) return false;
  if (behaviour === 'silent') return isProvedSilence(facts);
  return behaviour === 'delayed' || behaviour === 'signalled' || behaviour === 'clamped';
}

/** The MTU that packets start with: the interface's, or what was asked for in the name of others behind this host. */
function ownMtu({ measurement: { egress, ceiling, reverseCeiling } }: PathView, mtu: number): number {
  return egress.mtu > mtu ? egress.mtu : Math.max(ceiling, reverseCeiling);
}
