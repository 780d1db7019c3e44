/**
 * A dotenv report of GitLab CI (`artifacts:reports:dotenv`): the result as variables of the scripts of later jobs, so that
 * the job which starts Docker can be told the MTU that this one measured.
 *
 * Why not a code quality report: GitLab ties each of its entries to a line of a file of the repository, and a merge
 * request shows only those that the target branch does not have. A network is in no file, and is the same for both
 * branches: its black hole would never be shown. Findings are shown by `junit`, which GitLab reads as well.
 *
 * The values are numbers and words of closed lists, since GitLab knows neither quotes nor escapes there.
 */

import type { Report } from '../contract.ts';
import { mtuToConfigure } from '../mtu-to-configure.ts';
import type { FormatContext } from './formatter.ts';
import { resultOf } from './judgement.ts';

/** GitLab takes 20 at most, of letters, digits and underscores. One that has no value is left out. */
export const GITLAB_VARIABLES = ['MTU_PROBE_RESULT', 'MTU_PROBE_VERDICT', 'MTU_PROBE_MTU'] as const;
type Name = (typeof GITLAB_VARIABLES)[number];

export function formatGitlab(report: Report, context: FormatContext): string {
  const values: Readonly<Record<Name, string | null>> = {
    MTU_PROBE_RESULT: resultOf(report, context),
    MTU_PROBE_VERDICT: report.verdict,
    MTU_PROBE_MTU: smallestMtu(report),
  };
  return GITLAB_VARIABLES.flatMap((name) => (values[name] === null ? [] : [`${name}=${values[name]}\n`])).join('');
}

/** What suits every path; none where nothing smaller than the interface's own is needed, or certain. */
function smallestMtu({ paths }: Report): string | null {
  const sizes = paths.map(mtuToConfigure).filter((size) => size !== null);
  return sizes.length === 0 ? null : String(Math.min(...sizes));
}
