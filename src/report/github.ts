/**
 * Workflow commands of GitHub Actions: one annotation for all addresses of a target that came to the same, and none where
 * there is nothing to say. GitHub shows ten of each kind per step.
 *
 *   ::error title=mtu-probe%3A black-hole::rubygems.org (198.51.100.70, port 443): Downloads hang …%0A…
 */

import type { Finding, Report } from '../contract.ts';
import { causeSentence, MOST_REMEDIES } from './finding-words.ts';
import type { FormatContext } from './formatter.ts';
import { DIRECTIONS, isUnmeasured, judge } from './judgement.ts';
import { type PathGroup, pathGroups } from './path-groups.ts';
import { placeOf } from './place.ts';
import { printable } from './printable.ts';

type Level = 'error' | 'warning' | 'notice';

export function formatGithub(report: Report, context: FormatContext): string {
  const groups = pathGroups(report.paths).flatMap((group) => groupAnnotation(group, context));
  const skipped = report.skipped.map(({ target, address, reason }) =>
    annotation(
      isUnmeasured(target, report) ? 'warning' : 'notice',
      'skipped',
      `${target}${address === null ? '' : ` (${address})`}: ${reason}`,
    ),
  );
  return [...groups, ...skipped].map((line) => `${line}\n`).join('');
}

function groupAnnotation(group: PathGroup, context: FormatContext): string[] {
  const [path] = group;
  const judgements = DIRECTIONS.map((name) => judge(name, path, context));
  const troubles = judgements.flatMap(({ result, sentence }, index) =>
    result === 'failed' || result === 'unknown' ? [`${DIRECTIONS[index]}: ${sentence}`] : [],
  );
  if (troubles.length === 0 && path.findings.length === 0) return [];
  const level = judgements.some(({ result }) => result === 'failed') ? 'error' : levelWithout(troubles, path.findings);
  const where = group.map(placeOf).join('; ');
  const words = [...path.findings.flatMap(findingLines), ...troubles];
  return [annotation(level, path.verdict, `${path.target} (${where}): ${words.join('\n')}`)];
}

/** Nothing of it fails the run. */
function levelWithout(unknown: readonly string[], findings: readonly Finding[]): Level {
  return unknown.length > 0 || findings.some(({ severity }) => severity !== 'info') ? 'warning' : 'notice';
}

function findingLines(finding: Finding): string[] {
  const cause = causeSentence(finding);
  const remedies = finding.remedies
    .slice(0, MOST_REMEDIES)
    .map(({ environment, file, snippet }) => `${environment}, in ${file}:\n${snippet}`);
  return [finding.summary, ...(cause === null ? [] : [cause]), ...remedies];
}

function annotation(level: Level, subject: string, message: string): string {
  return `::${level} title=${property(`mtu-probe: ${subject}`)}::${data(message)}`;
}

/** As `escapeData` of GitHub's own toolkit (actions/toolkit, packages/core/src/command.ts): a command is one line. */
function data(text: string): string {
  return printable(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** As `escapeProperty` there: a colon would end the properties, a comma begins the next. */
function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
