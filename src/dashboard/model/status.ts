/** What a row of the list amounts to: a word, a rank, a shape and a tone, so that no status is told by colour alone. */

import type { Verdict } from '../../contract.ts';

/** A verdict; or that a target could not be measured, or has not been yet. */
export type Status = Verdict | 'failed' | 'waiting';
export type Tone = 'bad' | 'warning' | 'good' | 'neutral';
/** The outline of its icon: each tone has its own, and verdicts of one tone differ in their word. */
export type Shape = 'cross' | 'triangle' | 'check' | 'dots' | 'question';

interface Look {
  /** Smaller is worse. */
  readonly rank: number;
  readonly tone: Tone;
  readonly shape: Shape;
  readonly word: string;
}

const LOOKS: Readonly<Record<Status, Look>> = {
  'black-hole': { rank: 0, tone: 'bad', shape: 'cross', word: 'black hole' },
  unreachable: { rank: 1, tone: 'bad', shape: 'cross', word: 'unreachable' },
  failed: { rank: 2, tone: 'bad', shape: 'cross', word: 'not measured' },
  delayed: { rank: 3, tone: 'bad', shape: 'cross', word: 'delayed' },
  reduced: { rank: 4, tone: 'warning', shape: 'triangle', word: 'reduced' },
  inconclusive: { rank: 5, tone: 'warning', shape: 'question', word: 'inconclusive' },
  waiting: { rank: 6, tone: 'neutral', shape: 'dots', word: 'not measured yet' },
  clamped: { rank: 7, tone: 'good', shape: 'check', word: 'clamped' },
  clear: { rank: 8, tone: 'good', shape: 'check', word: 'clear' },
};

export function lookOf(status: Status): Look {
  return LOOKS[status];
}

/** Worst first. */
export function byGravity(a: Status, b: Status): number {
  return LOOKS[a].rank - LOOKS[b].rank;
}
