/** Everything that is worth saying of one path, gravest first. */

import { type Finding, SEVERITIES } from '../../contract.ts';
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

export function findingsOf(view: PathView): Finding[] {
  return FINDING_RULES.filter((rule) => rule.applies(view))
    .sort((a, b) => SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity))
    .map(({ code, severity, summary, detail }) => ({
      code,
      severity,
      summary: summary(view),
      detail: detail(view),
      cause: null,
      remedies: [],
    }));
}
