/** Whether a target that was measured on demand is well. */

import { DEFAULTS } from '../../config/defaults.ts';
import type { Report } from '../../contract.ts';
import { resultOf } from '../../report/judgement.ts';
import type { Expectations } from '../contract.ts';

/**
 * @param report `null` when it came too late.
 * @param held what the target is held to; `null` where it is only allowed.
 */
export function probeSuccess(report: Report | null, held: Expectations | null): string {
  const threshold = { failOn: held?.failOn ?? DEFAULTS.failOn, expectMtu: held?.expectMtu ?? null };
  const success = report !== null && resultOf(report, threshold) === 'passed';
  const name = 'mtu_probe_success';
  const help = '1 when every path of the target is known and below what it is held to.';
  return `# HELP ${name} ${help}\n# TYPE ${name} gauge\n${name} ${Number(success)}\n`;
}
