/** Findings as people read them. Those of one step that are repaired alike share a block. */

import type { Severity } from '../../contract.ts';
import type { Palette } from '../../report/palette.ts';
import { firstRemedies, moreRemedies } from '../../report/repair.ts';
import { INDENT } from '../../report/wrap.ts';
import type { LayerFinding } from '../contract.ts';
import { paragraph } from './paragraph.ts';
import { withoutChance } from './shape.ts';
import { someNames } from './some-names.ts';

/** As many blocks as anybody works through; the JSON has all. */
const MOST_BLOCKS = 10;
const LONGEST_NAME = 64;

interface Ways {
  readonly palette: Palette;
  /** The name of a layer, by `netns`. */
  nameOf(netns: string): string;
  /** How those remedies are had that are not printed. */
  readonly hint: string;
}

export function findingBlocks(findings: readonly LayerFinding[], ways: Ways): string[][] {
  const groups = groupsOf(findings);
  const printed = new Set<string>();
  const blocks = groups.slice(0, MOST_BLOCKS).map((group) => blockOf(group, ways, printed));
  const left = groups.slice(MOST_BLOCKS).flat().length;
  return left === 0 ? blocks : [...blocks, [`${left} more findings in the JSON`]];
}

/** By the two interfaces; where that leaves too many, by what these look like. */
function groupsOf(findings: readonly LayerFinding[]): LayerFinding[][] {
  const exact = grouped(findings, (finding) =>
    [finding.inner, finding.outer].map((end) => [
      end.netns === finding.netns ? 'own' : end.netns,
      end.interface,
      end.mtu,
    ]),
  );
  if (exact.length <= MOST_BLOCKS / 2) return exact;
  return grouped(findings, ({ inner, outer, remedies }) => [
    ...[inner, outer].map((end) => [withoutChance(end.interface), end.mtu]),
    remedies,
  ]);
}

function grouped(findings: readonly LayerFinding[], likeness: (finding: LayerFinding) => unknown): LayerFinding[][] {
  const groups = new Map<string, LayerFinding[]>();
  for (const finding of findings) {
    const key = JSON.stringify([finding.code, finding.severity, likeness(finding)]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [finding]);
    else group.push(finding);
  }
  return [...groups.values()];
}

function blockOf(
  [first, ...rest]: readonly LayerFinding[],
  { nameOf, palette, hint }: Ways,
  printed: Set<string>,
): string[] {
  if (first === undefined) return [];
  const remedies = JSON.stringify(first.remedies);
  const isPrinted = printed.has(remedies);
  printed.add(remedies);
  return [
    `${severityWord(first.severity, palette)}  ${first.code}`,
    ...paragraph(first.summary, INDENT),
    ...paragraph(first.detail, INDENT).map((line) => palette.dim(line)),
    ...alike(rest, nameOf),
    ...(first.remedies.length === 0 || !isPrinted ? [] : [`${INDENT}What to write where is the same as above.`]),
    ...(isPrinted ? [] : [...firstRemedies(first.remedies), ...moreRemedies(first.remedies, hint)]),
  ];
}

function alike(others: readonly LayerFinding[], nameOf: (netns: string) => string): string[] {
  if (others.length === 0) return [];
  const names = others.map(({ netns }) => nameOf(netns));
  return paragraph(`The same holds for ${someNames(names, LONGEST_NAME)}.`, INDENT);
}

function severityWord(severity: Severity, { bold, red, yellow, dim }: Palette): string {
  switch (severity) {
    case 'critical':
      return bold(red(severity));
    case 'warning':
      return bold(yellow(severity));
    case 'info':
      return dim(severity);
  }
}
