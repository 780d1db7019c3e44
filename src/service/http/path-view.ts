/** A path as it is shown: with a sentence, and without or with its report. */

import { sentences } from '../../report/finding-lines.ts';
import { pathPicture } from '../../report/path-picture.ts';
import { oneLine } from '../../report/printable.ts';
import { verdictSentence } from '../../report/verdict-sentence.ts';
import { graveness } from '../../verdict-order.ts';
import type { Overview, PathDetail, PathState, PathSummary } from '../contract.ts';
import type { ServiceView } from '../view.ts';

export function overviewOf(view: ServiceView, now: Date): Overview {
  return {
    schemaVersion: 1,
    version: view.version,
    startedAt: view.startedAt,
    now: now.toISOString(),
    readiness: view.readiness(),
    targets: view.targets(),
    paths: worstFirst(view.paths()).map(summaryOf),
    hasMesh: view.meshRow() !== null,
  };
}

export function detailOf(path: PathState): PathDetail {
  const report = path.judgement?.report ?? null;
  const picture = report === null ? [] : (['forward', 'reverse'] as const).map((name) => pathPicture(name, report));
  return { ...path, sentence: sentenceOf(path), picture: picture.map(oneLine) };
}

/** Then by name, address and transport, so that the list stands still while nothing changes. */
function worstFirst(paths: readonly PathState[]): PathState[] {
  const rank = ({ judgement }: PathState): number => -graveness(judgement?.verdict ?? 'inconclusive');
  const name = ({ target, address, transport }: PathState): string => JSON.stringify([target, address, transport]);
  return [...paths].sort((a, b) => rank(a) - rank(b) || (name(a) < name(b) ? -1 : 1));
}

function summaryOf(path: PathState): PathSummary {
  const { judgement, ...rest } = path;
  if (judgement === null) return { ...rest, judgement, sentence: sentenceOf(path) };
  const { report: _, ...known } = judgement;
  return { ...rest, judgement: known, sentence: sentenceOf(path) };
}

/** The gravest finding knows the numbers; where there is none, the verdict speaks. */
function sentenceOf({ judgement, last }: PathState): string {
  if (judgement === null) {
    return last.masked
      ? 'This host remembers a smaller path MTU, which hides the path: nothing is known of it yet.'
      : 'Not measured yet.';
  }
  const { findings } = judgement.report;
  const grave = ['critical', 'warning'].map((wanted) => findings.find(({ severity }) => severity === wanted));
  const summary = grave.find((finding) => finding !== undefined)?.summary;
  const [first] = summary === undefined ? [] : sentences(summary);
  return oneLine(first ?? verdictSentence(judgement.report));
}
