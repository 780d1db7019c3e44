/** Everything that is worth saying of one path, gravest first. */

import { type Finding, type FindingCode, SEVERITIES } from '../../contract.ts';
import { causeOf } from '../causes/cause-of.ts';
import { remediesFor } from '../remedies/remedies-for.ts';
import type { PathView } from '../view.ts';
import { BLACK_HOLE_FINDINGS } from './black-hole.ts';
import { CONDITION_FINDINGS } from './conditions.ts';
import { NOT_KNOWN_FINDINGS } from './not-known.ts';
import type { FindingRule } from './rule.ts';
import { SMALLER_FINDINGS } from './smaller.ts';

export const FINDING_RULES: readonly FindingRule[] = [
  ...BLACK_HOLE_FINDINGS,
  ...SMALLER_FINDINGS,
  ...NOT_KNOWN_FINDINGS,
  ...CONDITION_FINDINGS,
];

/** What a smaller MTU on this side repairs: the gravest of them carries cause and remedies. */
const REPAIRABLE: readonly FindingCode[] = [
  'black-hole-reverse',
  'black-hole-forward',
  'delayed-reverse',
  'delayed-forward',
  'reduced',
];

export function findingsOf(view: PathView): Finding[] {
  const applying = FINDING_RULES.filter((rule) => rule.applies(view)).sort(
    (a, b) => SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity),
  );
  const repaired = applying.find(({ code }) => REPAIRABLE.includes(code));
  return applying.map((rule) => ({
    code: rule.code,
    severity: rule.severity,
    summary: rule.summary(view),
    detail: rule.detail(view),
    cause: rule === repaired ? causeOf(view) : null,
    remedies: rule === repaired ? remediesFor(view) : [],
  }));
}
