/** All of one path, or of several that came to the same: verdict, both directions, what that means, what to paste. */

import type { DirectionName, Finding, PathReport } from '../contract.ts';
import { isShort } from '../grade.ts';
import { mtuSentence } from '../mtu-to-configure.ts';
import { directionSentence } from './direction-sentence.ts';
import { expectationSentence } from './expectation.ts';
import { findingLines, sentences } from './finding-lines.ts';
import { footSentence } from './foot-sentence.ts';
import type { FormatContext } from './formatter.ts';
import { hostOf } from './host.ts';
import { tcpMeaning, udpMeaning } from './meaning.ts';
import { mssWords } from './mss-words.ts';
import { painted } from './painted.ts';
import type { Palette } from './palette.ts';
import type { PathGroup } from './path-groups.ts';
import { pathPicture } from './path-picture.ts';
import { causeSentence, remedyLines, repairSentence } from './repair.ts';
import { verdictSentence } from './verdict-sentence.ts';
import { INDENT, WIDTH, wrap } from './wrap.ts';

/** Room for the longest label, `measured`, and a space. */
const LABEL_WIDTH = 9;

/** What the lines of the directions say already, where a graver finding leads. */
const SAID_BY_DIRECTIONS: readonly string[] = ['reduced', 'clamped', 'local-limit'];

/** @param repair whether cause and repair belong to it; where something else says both they do not. */
export function groupLines(
  group: PathGroup,
  { palette, expectMtu }: Pick<FormatContext, 'palette' | 'expectMtu'>,
  repair = true,
): string[] {
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
    ...(repair ? [...optional('cause', causeSentence(path)), ...optional('fix', repairSentence(path))] : []),
    ...optional('measured', footSentence(group)).map((line) => palette.dim(line)),
    ...(repair && repairSentence(path) !== null ? remedyLines(path) : []),
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
