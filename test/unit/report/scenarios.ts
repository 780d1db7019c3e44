/** The five classic results, as whole reports. */

import type { FormatContext } from '../../../src/report/formatter.ts';
import { PLAIN } from '../../../src/report/palette.ts';
import { CLAMPED, CLEAR, CLEAR_IPV6, EXPLAINED, MASKED, REDUCED, reportOf, UNREACHABLE } from './reports.ts';

export const DEFAULT_CONTEXT: FormatContext = { failOn: 'delayed', expectMtu: null, palette: PLAIN, evidence: false };

export const SCENARIOS = [
  { name: 'clear', report: reportOf('clear', [CLEAR, CLEAR_IPV6]) },
  { name: 'clamped', report: reportOf('clamped', [CLAMPED]) },
  { name: 'reduced', report: reportOf('reduced', [REDUCED]) },
  {
    name: 'black-hole',
    report: {
      ...reportOf(
        'black-hole',
        [EXPLAINED],
        [{ target: 'rubygems.org', address: '2001:db8::70', reason: 'no route from here (ENETUNREACH)' }],
      ),
      environments: ['drone', 'dind'] as const,
    },
  },
  {
    name: 'inconclusive',
    report: reportOf(
      'inconclusive',
      [MASKED, { ...UNREACHABLE, target: '192.0.2.70', url: 'https://192.0.2.70/', address: '192.0.2.70' }],
      [{ target: 'unknown.invalid', address: null, reason: 'unknown.invalid cannot be resolved here (ENOTFOUND)' }],
    ),
  },
];
