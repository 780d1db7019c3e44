/** What all of it comes to, in one line and a sentence. */

import type { Verdict } from '../../contract.ts';
import { painted } from '../../report/painted.ts';
import type { Palette } from '../../report/palette.ts';
import { INDENT } from '../../report/wrap.ts';
import { graveness } from '../../verdict-order.ts';
import type { Layer, LayersReport } from '../contract.ts';
import { paragraph } from './paragraph.ts';
import { someNames } from './some-names.ts';

const LONGEST_NAME = 40;

export function headlineLines({ verdict, layers, targets, findings }: LayersReport, palette: Palette): string[] {
  const count = `${layers.length} ${layers.length === 1 ? 'layer' : 'layers'}`;
  if (verdict === null) {
    const steps = new Set(findings.map(({ inner, outer }) => JSON.stringify([inner, outer]))).size;
    const word =
      steps === 0 ? palette.bold('no step') : palette.bold(palette.yellow(steps === 1 ? '1 step' : `${steps} steps`));
    if (layers.every(({ configuration }) => configuration === null)) {
      return [`${palette.bold(palette.yellow('not known'))}  ${count}, nothing could be looked at`];
    }
    return [`${word}  ${count}, nothing was sent`, ...paragraph(stepSentence(steps), INDENT)];
  }
  const measured = layers.filter(({ report }) => report !== null);
  const where = targets.length === 0 ? '' : ` towards ${someNames(targets, LONGEST_NAME)}`;
  return [
    `${painted(verdict, palette)}  ${palette.bold(count)}, ${measured.length} measured${where}`,
    ...paragraph(verdictWords(measured), INDENT),
  ];
}

function stepSentence(steps: number): string {
  if (steps === 0) return 'No inner network takes larger packets than what is around it.';
  return 'An inner network takes larger packets than what is around it. Whether that breaks anything was not measured.';
}

/** `black-hole: inner; clear: node and pod`; the worst first. */
function verdictWords(measured: readonly Layer[]): string {
  const byVerdict = new Map<Verdict, string[]>();
  for (const { name, report } of measured) {
    if (report !== null) byVerdict.set(report.verdict, [...(byVerdict.get(report.verdict) ?? []), name]);
  }
  return [...byVerdict]
    .sort(([a], [b]) => graveness(b) - graveness(a))
    .map(([verdict, names]) => `${verdict}: ${someNames(names, LONGEST_NAME)}`)
    .join('; ');
}
