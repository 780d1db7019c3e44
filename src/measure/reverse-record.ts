/** What a reverse wave says, told to the search and written into the record. */

import type { OutcomeName } from '../contract.ts';
import type { Outcome } from '../search/bracket.ts';
import type { FlowLog } from '../search/flow-log.ts';
import type { Control, ReverseJudgement } from '../search/reverse-rule.ts';
import type { Search } from '../search/search.ts';
import type { PathContext } from './context.ts';
import { type ReverseProbe, type ReverseWave, sizeOf } from './reverse-wave.ts';
import type { SmallerBecause } from './smaller-segments.ts';

/** A control leaves from a port of its own, which no probe has. */
const CONTROL_FLOW = 0;

/**
 * Tells the search and the record what became of every probe of a wave, and of its control.
 *
 * @param control of an earlier wave, where this one had none.
 * @param because why segments were smaller than offered; unset where what each connection showed is taken as it is.
 * @param log is told of every flow.
 */
export function absorbReverse(
  context: PathContext,
  search: Search,
  wave: ReverseWave,
  control: Control | null,
  because?: SmallerBecause,
  log?: FlowLog,
): void {
  const filled = wave.control?.filled ?? control?.filled ?? false;
  const { controlSize, reverseFloor } = context.plan;
  if (filled && controlSize >= reverseFloor) search.onOutcome(controlSize, { kind: 'arrived' });
  if (filled) log?.note(controlSize, CONTROL_FLOW, 'arrived');
  noteControl(context, wave);
  const toldSizes = new Set(because === 'told' ? wave.probes.filter(isToldProbe).map(({ size }) => size) : []);
  const largest = Math.max(0, ...wave.probes.filter(hasArrived).map(({ size }) => size));
  for (const probe of wave.probes) {
    // Nobody waits for a smaller size once a larger one arrived: it says nothing.
    if (probe.judgement === null && probe.size < largest) continue;
    const judgement = because === undefined ? agreed(probe, wave) : explained(probe.judgement, because);
    // Once the sender is told of a size, it sends no more of it, whatever way some of them went.
    const isRetired = judgement?.kind === 'arrived' && toldSizes.has(probe.size);
    const outcome = isRetired ? ({ kind: 'none' } as const) : outcomeOf(judgement);
    const isOfLess = outcome.kind === 'told' && !isOfThisSize(judgement);
    search.onOutcome(probe.size, isOfLess ? { kind: 'none' } : outcome);
    if (isOfLess) toldOfLess(search, outcome.nextHopMtu);
    if (outcome.kind === 'arrived' || outcome.kind === 'missing') {
      log?.note(probe.size, probe.connection.localPort, outcome.kind);
    }
    // Others of this size were told: this one met another way, or the hole before that.
    const told = outcome.kind === 'missing' ? toldFor(probe.size, wave) : null;
    if (told !== null) log?.note(told, probe.connection.localPort, 'missing');
    if (judgement?.kind === 'arrived' && probe.judge.sawHole) context.recorder.repairs += 1;
    const size = sizeOf(judgement);
    note(context, probe, judgement === null ? unanswered(probe) : NAMES[judgement.kind], size ?? undefined);
  }
}

function hasArrived({ judgement }: ReverseProbe): boolean {
  return judgement?.kind === 'arrived';
}

/**
 * A hole that is filled by smaller segments may be a short packet that was lost by chance and sent again; that the
 * server was told shows when it falls to the same size on two connections.
 */
function agreed({ judgement }: ReverseProbe, { probes }: ReverseWave): ReverseJudgement | null {
  if (judgement?.kind === 'smaller' && isToldOf(judgement.size, probes)) return { ...judgement, kind: 're-segmented' };
  if (judgement?.kind !== 're-segmented') return judgement;
  const same = probes.filter((other) => sizeOf(other.judgement) === judgement.size);
  return same.length >= 2 ? judgement : { kind: 'missing', proof: 'hole' };
}

/** It fell to this size on a connection of the same wave, and offers no more on those that came up after that. */
function isToldOf(size: number, probes: readonly ReverseProbe[]): boolean {
  return probes.some(({ judgement }) => judgement?.kind === 're-segmented' && judgement.size === size);
}

/** The sender was told of some size, and it is not known which: packets of `size` arrive, the next larger are told. */
function toldOfLess(search: Search, size: number): void {
  if (size > 0) search.onOutcome(size + 1, { kind: 'told', nextHopMtu: size, carried: true });
}

function isOfThisSize(judgement: ReverseJudgement | null): boolean {
  return (judgement?.kind === 're-segmented' || judgement?.kind === 'smaller') && judgement.ofThisSize;
}

/** What probes of the same size fell to; `null` where none was told. */
function toldFor(size: number, { probes }: ReverseWave): number | null {
  const told = probes.find((other) => other.size === size && other.judgement?.kind === 're-segmented');
  return told === undefined ? null : sizeOf(told.judgement);
}

function isToldProbe({ judgement }: ReverseProbe): boolean {
  return isOfThisSize(judgement);
}

function explained(judgement: ReverseJudgement | null, because: SmallerBecause): ReverseJudgement | null {
  const size = sizeOf(judgement);
  if (size === null) {
    const isChance = judgement?.kind === 're-segmented' && because !== 'told';
    return isChance ? { kind: 'short', size: null } : judgement;
  }
  switch (because) {
    case 'told':
      return { kind: 're-segmented', size, ofThisSize: isOfThisSize(judgement) };
    case 'held':
      return { kind: 'smaller', size, ofThisSize: true };
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
function noteControl(context: PathContext, { control, controlSentAt, probes }: ReverseWave): void {
  if (controlSentAt === null) return;
  // Nobody waited for it: the others had said it all.
  if (control === null && probes.some(hasArrived)) return;
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
