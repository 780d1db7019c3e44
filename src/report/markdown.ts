/** Markdown to be pasted into an issue: a table of all paths, then what was found on each and what to change. */

import type { Direction, Finding, PathReport, Report } from '../contract.ts';
import { directionSentence } from './direction-sentence.ts';
import { evidenceLines } from './evidence-lines.ts';
import { causeSentence, MOST_REMEDIES } from './finding-words.ts';
import type { FormatContext } from './formatter.ts';
import { DIRECTIONS } from './judgement.ts';
import { markdownBlock, markdownCode, markdownTable, markdownText } from './markdown-text.ts';
import { type PathGroup, pathGroups } from './path-groups.ts';

const HEADING = ['verdict', 'target', 'address', 'forward', 'reverse', 'interface', 'round trip'];

export function formatMarkdown(report: Report, { evidence }: Pick<FormatContext, 'evidence'>): string {
  const { verdict, paths, skipped } = report;
  const blocks = [
    `## mtu-probe: ${verdict}`,
    ...(paths.length === 0 ? ['Nothing could be measured.'] : [markdownTable(HEADING, paths.map(row))]),
    ...pathGroups(paths).flatMap(groupBlocks),
    ...(evidence
      ? paths.flatMap((path) => ['### Evidence', markdownBlock(evidenceLines(path, report).join('\n'))])
      : []),
    ...(skipped.length === 0 ? [] : ['### Skipped', skipped.map(skippedItem).join('\n')]),
    foot(report),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function row({ verdict, target, address, port, forward, reverse, egress, rttMs }: PathReport): string[] {
  return [
    verdict,
    markdownCode(target),
    `${markdownCode(address)}${port === null ? '' : ` port ${port}`}`,
    cell(forward),
    cell(reverse),
    `${markdownCode(egress.interface)} ${egress.mtu}`,
    rttMs === null ? '' : `${rttMs.toFixed(rttMs < 1 ? 2 : 1)} ms`,
  ];
}

function cell({ pathMtu, exact, behaviour }: Direction): string {
  return pathMtu === null ? behaviour : `${exact ? '' : '≥ '}${pathMtu}, ${behaviour}`;
}

/** Addresses of one target that came to the same share their blocks; the table has them all. */
function groupBlocks(group: PathGroup): string[] {
  const [path] = group;
  const addresses = group.map(({ address }) => markdownCode(address)).join(', ');
  return [
    `### ${path.verdict}: ${markdownCode(path.target)} (${addresses})`,
    DIRECTIONS.map((name) => `- **${name}**: ${markdownText(directionSentence(name, path))}`).join('\n'),
    ...path.findings.flatMap(findingBlocks),
  ];
}

function findingBlocks(finding: Finding): string[] {
  const { code, severity, summary, detail } = finding;
  const remedies = finding.remedies.slice(0, MOST_REMEDIES);
  const cause = causeSentence(finding);
  return [
    `**${severity}** ${markdownCode(code)}: ${markdownText(summary)}`,
    ...(detail === '' ? [] : [`It rests on this: ${markdownText(detail)}`]),
    ...(cause === null ? [] : [markdownText(cause)]),
    ...remedies.flatMap(({ environment, file, snippet, recreate }) => [
      `**Remedy** for ${environment}, in ${markdownText(file)}:`,
      markdownBlock(snippet),
      ...(recreate === '' ? [] : [`Then: ${markdownText(recreate)}`]),
    ]),
  ];
}

function skippedItem({ target, address, reason }: Report['skipped'][number]): string {
  const where = address === null ? '' : ` (${markdownCode(address)})`;
  return `- ${markdownCode(target)}${where}: ${markdownText(reason)}`;
}

function foot({ version, startedAt, durationMs, environments }: Report): string {
  const place = environments.length === 0 ? '' : ` in ${environments.join(', ')}`;
  return `mtu-probe ${markdownText(version)}, ${markdownText(startedAt)}, ${durationMs} ms${place}. Sizes are of whole IP packets, in bytes.`;
}
