/** The reverse direction: which sizes of the target's packets reach us, by the MSS that we advertise. */

import type { OutcomeName } from '../contract.ts';
import type { Outcome } from '../search/bracket.ts';
import type { SearchResult } from '../search/measurement.ts';
import type { Control, ReverseJudgement } from '../search/reverse-rule.ts';
import type { Search, Step } from '../search/search.ts';
import { segmentSize } from '../wire/header-size.ts';
import type { Exchange } from './channel.ts';
import type { Connection, Connections } from './connections.ts';
import type { PathContext } from './context.ts';
import type { Handshakes } from './handshakes.ts';
import { exchangesFor, mssToSet } from './plan.ts';
import { advertisedSize, type ReverseProbe, type ReverseWave, runReverseWave } from './reverse-wave.ts';
import { newSearch, reportProgress, summarize } from './searching.ts';

export interface ReverseResult {
  readonly search: SearchResult | null;
  readonly exercised: boolean;
  readonly largestSeen: number | null;
  readonly noReply: boolean;
  /** The exchange that filled segments; what a later look at the same direction asks for. */
  readonly exchange: Exchange;
  /** Packet size of the MSS in a SYN-ACK after the first wave; `null` when there was no reason to look. */
  readonly laterPeerSize: number | null;
}

type Opened = NonNullable<Handshakes['first']>;

export async function searchReverse(
  context: PathContext,
  connections: Connections,
  port: number,
  opened: Opened,
  peerSize: () => number | null,
): Promise<ReverseResult> {
  const reach = await reachableCeiling(context, connections, opened.ceiling);
  const search = newSearch(context.plan.reverseFloor, reach, context.plan.gentle);
  const exchanges = exchangesFor(context.path, port);
  let first: Opened | null = opened;
  let wave: ReverseWave | null = null;
  let exchange = exchanges[0] as Exchange;
  let largestSeen: number | null = null;
  let answered = false;
  const step = search.poll();
  for (const candidate of exchanges) {
    if (context.limits.reached) break;
    // Who says nothing to a ClientHello says nothing to a longer conversation that begins with one.
    if (wave !== null && !answered && beginsInTls(candidate)) continue;
    exchange = candidate;
    announce(context, search, step);
    wave = await runReverseWave(context, connections, {
      port,
      exchange,
      orders: [{ size: reach, copies: 1 }],
      opened: first === null ? [] : [first.ceiling],
      control: first === null ? 'new' : first.control,
      peerSize: peerSize(),
    });
    first = null;
    answered ||= wave.control !== null || wave.probes.some(({ judgement }) => judgement !== null);
    largestSeen = Math.max(largestSeen ?? 0, ...wave.probes.map(seenSize)) || largestSeen;
    if (isDecided(wave)) break;
    for (const probe of wave.probes)
      note(context, probe, probe.judgement?.kind === 'short' ? 'short-reply' : unanswered(probe));
  }
  if (first !== null) closeBoth(connections, first);
  if (wave === null || !isDecided(wave)) {
    return { search: null, exercised: false, largestSeen, noReply: !answered, exchange, laterPeerSize: null };
  }
  const laterPeerSize = await lookAgain(context, connections, port, wave, peerSize());
  const toldBySynAck =
    laterPeerSize !== null && wave.probes.some(({ judgement }) => sizeOf(judgement) === laterPeerSize);
  absorb(context, search, wave, toldBySynAck, wave.control);
  const settled = await goOn(context, connections, search, { port, exchange, control: wave.control, peerSize });
  const result = summarize(search, 'tcp-mss', reach, settled);
  context.hints.add(result.pathMtu);
  return { search: result, exercised: true, largestSeen, noReply: false, exchange, laterPeerSize };
}

/** Waits for the first handshake and reads what our SYN could really offer: a route or a remembered path MTU caps it. */
async function reachableCeiling(
  context: PathContext,
  connections: Connections,
  connection: Connection,
): Promise<number> {
  const { plan, limits, clock } = context;
  while (connection.establishedAt === null && connection.phase !== 'closed' && !limits.reached) {
    await connections.step(limits.clip(clock.now() + 100));
  }
  return advertisedSize({ connection, size: plan.ceiling }) ?? plan.ceiling;
}

interface Following {
  readonly port: number;
  readonly exchange: Exchange;
  readonly control: Control | null;
  readonly peerSize: () => number | null;
}

/** Second wave and later ones. @returns whether the search settled. */
async function goOn(context: PathContext, connections: Connections, search: Search, from: Following): Promise<boolean> {
  for (;;) {
    if (search.unsettled) await context.hints.ready();
    context.hints.tell(search);
    const step = search.poll();
    if (step.kind === 'done') return step.settled;
    if (context.limits.reached) return false;
    const probes = step.orders.reduce((sum, { copies }) => sum + copies, 0);
    if (probes + 1 > connections.left) return false;
    announce(context, search, step);
    const wave = await runReverseWave(context, connections, {
      ...from,
      orders: step.orders,
      opened: [],
      control: 'new',
      peerSize: from.peerSize(),
    });
    absorb(context, search, wave, false, from.control);
  }
}

function announce(context: PathContext, search: Search, step: Step): void {
  if (step.kind === 'done') return;
  const where = { address: context.path.address, direction: 'reverse', method: 'tcp-mss' } as const;
  reportProgress(
    context.onProgress,
    where,
    search,
    step.orders.map(({ size }) => size),
  );
}

/** Tells the search and the record what became of every probe of a wave, and of its control. */
function absorb(
  context: PathContext,
  search: Search,
  wave: ReverseWave,
  toldBySynAck: boolean,
  control: Control | null,
): void {
  const filled = wave.control?.filled ?? control?.filled ?? false;
  if (filled) search.onOutcome(context.plan.reverseFloor, { kind: 'arrived' });
  noteControl(context, wave);
  for (const probe of wave.probes) {
    const told = toldBySynAck && probe.judgement?.kind === 'smaller';
    const judgement = told ? ({ kind: 're-segmented', size: sizeOf(probe.judgement) ?? 0 } as const) : probe.judgement;
    search.onOutcome(probe.size, outcomeOf(judgement));
    if (judgement?.kind === 'arrived' && probe.judge.sawHole) context.recorder.repairs += 1;
    const size = sizeOf(judgement);
    note(context, probe, judgement === null ? unanswered(probe) : NAMES[judgement.kind], size ?? undefined);
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

function beginsInTls(exchange: Exchange): boolean {
  return exchange !== 'http-get';
}

/** Proved something about the ceiling: the exchange is long enough. */
function isDecided(wave: ReverseWave): boolean {
  return wave.probes.some(({ judgement }) => judgement !== null && judgement.kind !== 'short');
}

function sizeOf(judgement: ReverseJudgement | null): number | null {
  return judgement?.kind === 're-segmented' || judgement?.kind === 'smaller' ? judgement.size : null;
}

function seenSize(probe: ReverseProbe): number {
  return probe.judgement?.kind === 'short' ? (probe.judgement.size ?? 0) : 0;
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
    size: context.plan.reverseFloor,
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

/**
 * Segments smaller than offered, and no hole seen: was the server told between our request and its reply, or does a
 * lower MSS hold it? A server that was told offers the smaller MSS in its next SYN-ACK; a clamp already stood in the
 * first one, or does not move.
 */
async function lookAgain(
  context: PathContext,
  connections: Connections,
  port: number,
  wave: ReverseWave,
  firstPeerSize: number | null,
): Promise<number | null> {
  const smaller = wave.probes.find(({ judgement }) => judgement?.kind === 'smaller');
  const size = sizeOf(smaller?.judgement ?? null);
  if (size === null || firstPeerSize === null || firstPeerSize <= size || connections.left < 1) return null;
  const { limits, clock } = context;
  const connection = connections.open(port, mssToSet(context.plan.ceiling, context.path));
  while (connection.phase !== 'established' && connection.phase !== 'closed' && !limits.reached) {
    await connections.step(limits.clip(clock.now() + 100));
  }
  const peer = peerSizeOf(connection);
  connections.close(connection);
  return peer;
}

/** Packet size that the peer's SYN-ACK lets us send, as far as our own path MTU shows it. */
export function peerSizeOf(connection: Connection): number | null {
  const { info, family } = connection;
  if (info === null || connection.establishedAt === null) return null;
  return segmentSize(info.sndMss, family, info);
}

function closeBoth(connections: Connections, opened: Opened): void {
  connections.close(opened.ceiling);
  connections.close(opened.control);
}
