/** The report of the paths for which a service is not ready: what `run` would print of them, for the log of a job. */

import type { HealthOptions } from '../config/health.ts';
import type { PathReport, Report } from '../contract.ts';
import { reportVerdict } from '../diagnosis/verdict.ts';
import { commonExpectation, gradeOf } from '../grade.ts';
import { PLAIN } from '../report/palette.ts';
import type { Overview, PathDetail, PathSummary, TargetState } from '../service/contract.ts';
import { askService } from './ask-service.ts';

/** A log is no place for more; the first are the worst. */
const MOST_PATHS = 10;

/** @returns empty where the service tells nothing of its paths, or none of them has been judged. */
export async function whatIsInTheWay({ url, timeoutMs }: HealthOptions, token: string | null): Promise<string> {
  const ask = async (path: string): Promise<unknown> => {
    const { status, body } = await askService(url, path, token, timeoutMs);
    if (status !== 200) throw new Error(`it answers ${status}${status === 401 ? ': name its --token-file' : ''}`);
    return body;
  };
  try {
    const overview = (await ask('/api/v1/paths')) as Overview;
    const ids = inTheWay(overview).slice(0, MOST_PATHS);
    const details: PathDetail[] = [];
    for (const id of ids) details.push((await ask(`/api/v1/paths/${id}`)) as PathDetail);
    const reports = details.map(({ judgement }) => judgement?.report ?? null).filter((report) => report !== null);
    if (reports.length === 0) return '';
    const { formatText } = await import('../report/text.ts');
    const expectMtu = commonExpectation(overview.targets.filter(({ gating }) => gating));
    return formatText(reportOf(overview, reports), { palette: PLAIN, evidence: false, expectMtu });
  } catch (error) {
    return `mtu-probe: what is in the way cannot be shown: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** The ids of judged paths of gating targets that are at or above what these are held to, or not known. */
function inTheWay({ targets, paths }: Overview): string[] {
  const gating = new Map(targets.filter((target) => target.gating).map((target) => [target.target, target]));
  return paths.filter((path) => isBad(path, gating.get(path.target))).map(({ id }) => id);
}

function isBad({ judgement }: PathSummary, held: TargetState | undefined): boolean {
  return judgement !== null && held !== undefined && gradeOf(judgement, held) !== 'clear';
}

function reportOf({ version, now }: Overview, paths: readonly PathReport[]): Report {
  const verdicts = paths.map(({ verdict }) => verdict);
  return {
    schemaVersion: 1,
    version,
    startedAt: now,
    durationMs: 0,
    verdict: reportVerdict(verdicts, 'clear'),
    environments: [],
    paths,
    skipped: [],
  };
}
