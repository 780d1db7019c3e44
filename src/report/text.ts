/**
 * A report for the person whose job hangs, about ten lines per path: verdict, what it means, both directions, what to do.
 *
 *   black-hole  rubygems.org (198.51.100.70, port 443)
 *     Downloads from rubygems.org hang: …
 *     forward  you ──1500──▶ 172.17.0.1 ──1450──▶ rubygems.org
 *              1450 bytes arrive; larger ones are refused, and …
 *     reverse  you ◀──1450──✗──1500── rubygems.org
 *              …
 *     next     put 1450 where …
 */

import type { Finding, PathReport, Report, Verdict } from '../contract.ts';
import { directionSentence } from './direction-sentence.ts';
import { findingLines } from './finding-lines.ts';
import { footLines } from './foot-lines.ts';
import { hostOf } from './host.ts';
import { nextStep } from './next-step.ts';
import type { Palette } from './palette.ts';
import { type PathGroup, pathGroups } from './path-groups.ts';
import { pathPicture } from './path-picture.ts';
import { skippedLines } from './skipped-lines.ts';
import { INDENT, WIDTH, wrap } from './wrap.ts';

/** Room for `forward` and `reverse` and two spaces. */
const LABEL_WIDTH = 9;

/** The verdict in plain words, where findings do not say it better. */
const PLAIN_WORDS: Readonly<Record<Verdict, string>> = {
  clear: 'Large packets get through: if something hangs here, packet size is not the reason.',
  clamped: 'TCP works, with smaller packets from the start.',
  reduced: 'Large packets are refused, and their sender is told.',
  delayed: 'Large packets vanish; their sender finds out by itself, seconds later.',
  'black-hole': 'Large packets vanish, and their sender is not told.',
  inconclusive: 'Whether large packets get through is not known.',
  unreachable: 'Nothing answers, not even to small packets.',
};

/** No finding stands for these verdicts. */
const WITHOUT_FINDING: readonly Verdict[] = ['clear', 'inconclusive'];

/** What the lines of the directions say already, where a graver finding leads. */
const SAID_BY_DIRECTIONS: readonly string[] = ['reduced', 'clamped', 'local-limit'];

/** No line is longer than 80 columns unless an address is. Ends with a newline. */
export function formatText(report: Report, palette: Palette): string {
  const { verdict, paths, skipped } = report;
  const blocks = pathGroups(paths).map((group) => groupLines(group, palette));
  if (paths.length === 0) blocks.push([`${painted(verdict, palette)}  nothing could be measured`]);
  if (skipped.length > 0) blocks.push(skippedLines(skipped));
  if (paths.length > 1) blocks.push([`${painted(verdict, palette)}  ${paths.length} paths in all${agreement(paths)}`]);
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

/** Whether the addresses of a name came to the same; empty where each has only one. */
function agreement(paths: readonly PathReport[]): string {
  const targets = [...new Set(paths.map(({ target }) => target))];
  const several = targets.filter((target) => paths.filter((path) => path.target === target).length > 1);
  if (several.length === 0) return '';
  const torn = several.filter((target) => pathGroups(paths.filter((path) => path.target === target)).length > 1);
  if (torn.length === 0) return ': the addresses of a name agree';
  return `: the addresses of ${torn.join(' and ')} do not agree`;
}

function groupLines(group: PathGroup, palette: Palette): string[] {
  const [path] = group;
  const next = nextStep(path);
  return [
    headline(group, palette),
    ...plainWords(path),
    ...worthSaying(path.findings).flatMap((finding, index, all) => findingLines(finding, all.slice(0, index))),
    ...labelled('forward', pathPicture('forward', path), directionSentence('forward', path)),
    ...labelled('reverse', pathPicture('reverse', path), directionSentence('reverse', path)),
    ...(next === null ? [] : labelled('next', next)),
    ...footLines(group).map((line) => palette.dim(line)),
  ];
}

function headline(group: PathGroup, palette: Palette): string {
  const [path] = group;
  const host = hostOf(path);
  const address = group.length === 1 ? path.address : `${group.length} addresses`;
  const port = path.port === null ? null : `${path.transport === 'udp' ? 'UDP ' : ''}port ${path.port}`;
  const where = [address === host ? null : address, port].filter((part) => part !== null);
  const place = where.length === 0 ? '' : ` (${where.join(', ')})`;
  return `${painted(path.verdict, palette)}  ${palette.bold(host)}${place}`;
}

function painted(verdict: Verdict, { bold, red, yellow, green }: Palette): string {
  switch (verdict) {
    case 'black-hole':
    case 'delayed':
    case 'unreachable':
      return bold(red(verdict));
    case 'reduced':
    case 'inconclusive':
      return bold(yellow(verdict));
    case 'clamped':
    case 'clear':
      return bold(green(verdict));
  }
}

function plainWords({ verdict, findings }: PathReport): string[] {
  const wanted = findings.length === 0 || WITHOUT_FINDING.includes(verdict);
  return wanted ? wrap(PLAIN_WORDS[verdict], INDENT, WIDTH) : [];
}

function worthSaying(findings: readonly Finding[]): Finding[] {
  const isGrave = findings.some(({ severity }) => severity === 'critical');
  return findings.filter(({ code }) => !isGrave || !SAID_BY_DIRECTIONS.includes(code));
}

/** The first text stands beside the label as it is; the rest is wrapped. */
function labelled(label: string, ...texts: readonly [string, ...string[]]): string[] {
  const margin = INDENT + ' '.repeat(LABEL_WIDTH);
  const [first, ...rest] = texts;
  const lines = [
    ...(rest.length === 0 ? wrap(first, margin, WIDTH) : [margin + first]),
    ...rest.flatMap((text) => wrap(text, margin, WIDTH)),
  ];
  return lines.map((line, index) =>
    index === 0 ? INDENT + label.padEnd(LABEL_WIDTH) + line.slice(margin.length) : line,
  );
}
