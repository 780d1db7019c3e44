/** What was measured in a layer, in as few characters as a table has. */

import type { Behaviour, Direction, PathReport, Verdict } from '../../contract.ts';
import type { Layer } from '../contract.ts';

/** What becomes of larger packets. */
const WORDS: Readonly<Record<Behaviour, string>> = {
  delayed: 'delayed',
  silent: 'hole',
  signalled: 'told',
  clamped: 'clamped',
  'local-limit': 'own route',
  clear: '',
  'not-exercised': 'at least',
  unknown: '',
};

/** An address of the layer itself: nothing was sent. */
const HERE = 'is here';

export interface Numbers {
  readonly verdict: Verdict;
  readonly forward: string;
  readonly reverse: string;
}

/** Of the path that the verdict is from; `null` where nothing was measured. */
export function numbersOf({ report }: Pick<Layer, 'report'>): Numbers | null {
  if (report === null) return null;
  const path = decisivePath(report.paths, report.verdict);
  if (path?.findings.some(({ code }) => code === 'local')) {
    return { verdict: report.verdict, forward: HERE, reverse: HERE };
  }
  return path === null
    ? { verdict: report.verdict, forward: '?', reverse: '?' }
    : { verdict: report.verdict, forward: directionWords(path.forward), reverse: directionWords(path.reverse) };
}

/** Of those with the verdict the one that carries the least. */
function decisivePath(paths: readonly PathReport[], verdict: Verdict): PathReport | null {
  const same = paths.filter((path) => path.verdict === verdict);
  const [least] = [...(same.length > 0 ? same : paths)].sort((a, b) => leastOf(a) - leastOf(b));
  return least ?? null;
}

function leastOf({ forward, reverse }: PathReport): number {
  return Math.min(forward.pathMtu ?? Number.POSITIVE_INFINITY, reverse.pathMtu ?? Number.POSITIVE_INFINITY);
}

function directionWords({ pathMtu, exact, behaviour }: Direction): string {
  if (pathMtu === null) return behaviour === 'silent' ? '? hole' : '?';
  const isBound = !exact && behaviour !== 'clamped' && behaviour !== 'not-exercised';
  return `${isBound ? '≥' : ''}${pathMtu} ${WORDS[behaviour]}`.trimEnd();
}
