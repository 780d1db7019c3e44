/**
 * A report for the person whose job hangs: verdict, what happens, both directions, what that means, what to paste.
 *
 *   black-hole  rubygems.org (198.51.100.70, port 443)
 *     Downloads from rubygems.org hang: …
 *
 *     forward  you ──1500──▶ 172.17.0.1 ──1450──▶ rubygems.org
 *              1450 bytes arrive; larger ones are refused, and …
 *     reverse  you ◀──1450──✗──1500── rubygems.org
 *              …
 *
 *     TCP      downloads hang; …
 *     UDP      …
 *     cause    perhaps …
 *     fix      Set the MTU of eth0 … to 1450
 *
 *     drone, in .drone.yml:
 *         …
 */

import type { DirectionName, Finding, PathReport, Report, Verdict } from '../contract.ts';
import { isShort } from '../grade.ts';
import { mtuSentence } from '../mtu-to-configure.ts';
import { directionSentence } from './direction-sentence.ts';
import { evidenceLines } from './evidence-lines.ts';
import { expectationSentence } from './expectation.ts';
import { findingLines, sentences } from './finding-lines.ts';
import { footSentence } from './foot-sentence.ts';
import type { FormatContext } from './formatter.ts';
import { hostOf } from './host.ts';
import { tcpMeaning, udpMeaning } from './meaning.ts';
import { mssWords } from './mss-words.ts';
import type { Palette } from './palette.ts';
import { type PathGroup, pathGroups } from './path-groups.ts';
import { pathPicture } from './path-picture.ts';
import { causeSentence, remedyLines, repairSentence } from './repair.ts';
import { skippedLines } from './skipped-lines.ts';
import { verdictSentence } from './verdict-sentence.ts';
import { INDENT, WIDTH, wrap } from './wrap.ts';

/** Room for the longest label, `measured`, and a space. */
const LABEL_WIDTH = 9;

/** What the lines of the directions say already, where a graver finding leads. */
const SAID_BY_DIRECTIONS: readonly string[] = ['reduced', 'clamped', 'local-limit'];

/** No line is longer than 80 columns unless an address is. Ends with a newline. */
export function formatText(report: Report, context: Omit<FormatContext, 'failOn'>): string {
  const { palette, evidence } = context;
  const { verdict, paths, skipped } = report;
  const blocks = pathGroups(paths).map((group) => groupLines(group, context));
  if (evidence) blocks.push(...paths.map((path) => evidenceLines(path, report)));
  if (paths.length === 0) blocks.push([`${painted(verdict, palette)}  nothing could be measured`]);
  if (skipped.length > 0) blocks.push(skippedLines(skipped));
  if (paths.length > 1) blocks.push([`${painted(verdict, palette)}  ${paths.length} paths in all${agreement(paths)}`]);
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

/** Whether the addresses of a name came to the same; empty where each has only one. */
function agreement(paths: readonly PathReport[]): string {
  const both = overBoth(paths);
  if (both !== null) return both;
  const targets = [...new Set(paths.map(({ target }) => target))];
  const several = targets.filter((target) => addressesOf(paths, target) > 1);
  if (several.length === 0) return '';
  const torn = several.filter((target) => pathGroups(paths.filter((path) => path.target === target)).length > 1);
  if (torn.length === 0) return `: all addresses of ${several.join(' and ')} agree`;
  return `: the addresses of ${torn.join(' and ')} do not agree`;
}

/** Each address was measured over TCP and over UDP, and nothing else was; `null` where that is not so. */
function overBoth(paths: readonly PathReport[]): string | null {
  const [tcp, udp] = (['tcp', 'udp'] as const).map((transport) => paths.filter((path) => path.transport === transport));
  if (tcp === undefined || udp === undefined || udp.length === 0) return null;
  const isPaired = tcp.every(
    ({ address, port }, index) => udp[index]?.address === address && udp[index]?.port === port,
  );
  if (!isPaired || tcp.length !== udp.length) return null;
  const words = (group: readonly PathReport[]): string =>
    [...new Set(group.map(({ verdict }) => verdict))].join(' and ');
  return `: TCP ${words(tcp)}; UDP (QUIC, DNS, VPNs) ${words(udp)}`;
}

/** Of one transport: TCP and UDP are two paths to the same address. */
function addressesOf(paths: readonly PathReport[], target: string): number {
  return new Set(paths.filter((path) => path.target === target).map(({ address }) => address)).size;
}

function groupLines(group: PathGroup, { palette, expectMtu }: Pick<FormatContext, 'palette' | 'expectMtu'>): string[] {
  const [path] = group;
  return [
    headline(group, palette),
    ...plainWords(path, expectMtu),
    ...findingsLines(path),
    '',
    ...directionLines('forward', path, expectMtu),
    ...directionLines('reverse', path, expectMtu),
    '',
    ...optional('MSS', mssWords(path)),
    ...optional('TCP', tcpMeaning(path)),
    ...optional('UDP', udpMeaning(path)),
    ...optional('cause', causeSentence(path)),
    ...optional('fix', repairSentence(path)),
    ...optional('measured', footSentence(group)).map((line) => palette.dim(line)),
    ...(repairSentence(path) === null ? [] : remedyLines(path)),
  ];
}

function directionLines(name: DirectionName, path: PathReport, expectMtu: number | null): string[] {
  const less = expectationSentence(path[name], expectMtu);
  const sentence = directionSentence(name, path);
  return labelled(name, pathPicture(name, path), less === null ? sentence : `${sentence} ${less}`);
}

/** Each sentence once, and the one with the number where the repair is. */
function findingsLines(path: PathReport): string[] {
  const said = new Set([mtuSentence(path) ?? '']);
  return worthSaying(path.findings).flatMap((finding) => {
    const lines = findingLines(finding, said);
    for (const sentence of sentences(finding.summary)) said.add(sentence);
    return lines;
  });
}

function optional(label: string, sentence: string | null): string[] {
  return sentence === null ? [] : labelled(label, sentence);
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

/** The verdict in plain words, where no finding says it better. */
function plainWords(path: PathReport, expectMtu: number | null): string[] {
  const { verdict, findings } = path;
  // That packet size is no reason for anything would be said of less than was asked for.
  if (verdict === 'clear' && (isShort(path.forward, expectMtu) || isShort(path.reverse, expectMtu))) return [];
  const isExplained = findings.some(({ severity }) => severity !== 'info');
  const wanted = verdict === 'clear' || findings.length === 0 || (verdict === 'inconclusive' && !isExplained);
  return wanted ? wrap(verdictSentence(path), INDENT, WIDTH) : [];
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
