/** What a reverse wave says, told to the search and written into the record. */

import type { OutcomeName } from '../contract.ts';
import type { Outcome } from '../search/bracket.ts';
import type { Control, ReverseJudgement } from '../search/reverse-rule.ts';
import type { Search } from '../search/search.ts';
import type { PathContext } from './context.ts';
import { type ReverseProbe, type ReverseWave, sizeOf } from './reverse-wave.ts';
import type { SmallerBecause } from './smaller-segments.ts';

/**
 * Tells the search and the record what became of every probe of a wave, and of its control.
 *
 * @param control of an earlier wave, where this one had none.
 * @param because why segments were smaller than offered; unset where what each connection showed is taken as it is.
 */
export function absorbReverse(
  context: PathContext,
  search: Search,
  wave: ReverseWave,
  control: Control | null,
  because?: SmallerBecause,
): void {
  const filled = wave.control?.filled ?? control?.filled ?? false;
  const { controlSize, reverseFloor } = context.plan;
  if (filled && controlSize >= reverseFloor) search.onOutcome(controlSize, { kind: 'arrived' });
  noteControl(context, wave);
  const largest = Math.max(0, ...wave.probes.filter(hasArrived).map(({ size }) => size));
  for (const probe of wave.probes) {
    // Nobody waits for a smaller size once a larger one arrived: it says nothing.
    if (probe.judgement === null && probe.size < largest) continue;
    const judgement = because === undefined ? probe.judgement : explained(probe.judgement, because);
    search.onOutcome(probe.size, outcomeOf(judgement));
    if (judgement?.kind === 'arrived' && probe.judge.sawHole) context.recorder.repairs += 1;
    const size = sizeOf(judgement);
    note(context, probe, judgement === null ? unanswered(probe) : NAMES[judgement.kind], size ?? undefined);
  }
}

function hasArrived({ judgement }: ReverseProbe): boolean {
  return judgement?.kind === 'arrived';
}

function explained(judgement: ReverseJudgement | null, because: SmallerBecause): ReverseJudgement | null {
  const size = sizeOf(judgement);
  if (size === null) return judgement;
  switch (because) {
    case 'told':
      return { kind: 're-segmented', size };
    case 'held':
      return { kind: 'smaller', size };
    case 'unclear':
      return { kind: 'short', size };
  }
}

const NAMES: Record<ReverseJudgement['kind'], OutcomeName> = {
  arrived: 'arrived',
  missing: 'missing',
  're-segmented': 're-segmented',
  smaller: 'smaller-segments',
  short: 'short-reply',
};

function outcomeOf(judgement: ReverseJudgement | null): Outcome {
  switch (judgement?.kind) {
    case 'arrived':
      return { kind: 'arrived' };
    case 'missing':
      return { kind: 'missing' };
    case 're-segmented':
      return { kind: 'told', nextHopMtu: judgement.size ?? 0, carried: judgement.size !== null };
    case 'smaller':
      return { kind: 'limited', limit: judgement.size, carried: true };
    case 'short':
    case undefined:
      return { kind: 'none' };
  }
}

/** A wave whose replies were too short to say anything about the ceiling. */
export function noteUndecided(context: PathContext, wave: ReverseWave): void {
  for (const probe of wave.probes) {
    note(context, probe, probe.judgement?.kind === 'short' ? 'short-reply' : unanswered(probe));
  }
}

function unanswered(probe: ReverseProbe): OutcomeName {
  const { failure } = probe.connection;
  return failure === 'refused' || failure === 'reset' ? 'refused' : 'no-answer';
}

/** The control is evidence as well: the same request in small segments, answered in full. */
function noteControl(context: PathContext, { control, controlSentAt }: ReverseWave): void {
  if (controlSentAt === null) return;
  const probe = {
    method: 'tcp-mss',
    direction: 'reverse',
    size: context.plan.controlSize,
    sentAt: controlSentAt,
  } as const;
  context.recorder.note(probe, control === null ? 'no-answer' : control.filled ? 'arrived' : 'short-reply');
}

function note(context: PathContext, probe: ReverseProbe, outcome: OutcomeName, nextHopMtu?: number): void {
  const told = nextHopMtu === undefined || outcome === 'short-reply' ? undefined : { from: null, nextHopMtu };
  context.recorder.note(
    { method: 'tcp-mss', direction: 'reverse', size: probe.size, sentAt: probe.sentAt },
    outcome,
    told,
  );
}
