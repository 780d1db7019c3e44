/** The forward direction over TCP: which sizes of our own packets reach the target. */

import type { OutcomeName } from '../contract.ts';
import type { Outcome } from '../search/bracket.ts';
import type { ForwardJudgement } from '../search/forward-rule.ts';
import type { SearchResult } from '../search/measurement.ts';
import type { Search } from '../search/search.ts';
import type { Connection, Connections } from './connections.ts';
import type { PathContext } from './context.ts';
import { type ForwardWave, runForwardWave } from './forward-wave.ts';
import { speaksTls } from './plan.ts';
import { peerSizeOf } from './reverse.ts';
import { newSearch, reportProgress, summarize } from './searching.ts';

/** @param cap largest size that may be sent at all; below the ceiling when more would hide what is wrong. */
export async function searchForward(
  context: PathContext,
  connections: Connections,
  pool: Connection[],
  port: number,
  cap: number,
): Promise<SearchResult | null> {
  const limit = await largestInOnePiece(context, connections, pool);
  if (limit === null) return null;
  const ceiling = Math.min(cap, limit);
  const search = newSearch(context.plan.floor, ceiling, context.plan.gentle);
  const tls = speaksTls(context.path, port);
  let settled = false;
  for (;;) {
    context.hints.tell(search);
    const step = search.poll();
    settled = step.kind === 'done' && step.settled;
    if (step.kind === 'done' || context.limits.reached) break;
    const where = { address: context.path.address, direction: 'forward', method: 'tcp-segment' } as const;
    reportProgress(context.onProgress, where, search, step.orders.map(({ size }) => size));
    absorb(context, search, await runForwardWave(context, connections, pool, port, tls, step.orders));
  }
  const result = summarize(search, 'tcp-segment', ceiling, settled);
  context.hints.add(result.pathMtu);
  return result;
}

/** The size of a full segment on the pool's connections: what the MSS of the SYN-ACK and our own path MTU allow. */
async function largestInOnePiece(
  context: PathContext,
  connections: Connections,
  pool: readonly Connection[],
): Promise<number | null> {
  const { clock, limits } = context;
  while (pool.some(({ phase }) => phase === 'queued' || phase === 'connecting') && !limits.reached) {
    if (pool.some(({ phase }) => phase === 'established')) break;
    await connections.step(limits.clip(clock.now() + 50));
  }
  const sizes = pool.filter(({ phase }) => phase === 'established').map(peerSizeOf);
  return sizes.length === 0 ? null : Math.max(...sizes.map((size) => size ?? 0));
}

function absorb(context: PathContext, search: Search, wave: ForwardWave): void {
  const told = wave.probes.find(({ judgement }) => judgement?.kind === 'told')?.judgement;
  for (const { size, sentAt, judgement, connection } of wave.probes) {
    if (judgement?.kind === 'arrived' && judgement.retransmitted) context.recorder.repairs += 1;
    search.onOutcome(size, outcomeOf(judgement));
    const sender = judgement?.kind === 'told' ? { from: null, nextHopMtu: judgement.nextHopMtu } : undefined;
    const probe = { method: 'tcp-segment', direction: 'forward', size, sentAt } as const;
    context.recorder.note(probe, judgement === null ? unanswered(connection) : NAMES[judgement.kind], sender);
  }
  for (const [size, { limit, told: byPath }] of wave.unsent) {
    const outcome: Outcome =
      byPath || told !== undefined
        ? { kind: 'told', nextHopMtu: limit, carried: false }
        : { kind: 'limited', limit, carried: false };
    search.onOutcome(size, outcome);
    const sentAt = context.clock.now();
    context.recorder.note({ method: 'tcp-segment', direction: 'forward', size, sentAt }, 'local-limit', { from: null, nextHopMtu: limit });
  }
}

const NAMES: Record<ForwardJudgement['kind'], OutcomeName> = {
  arrived: 'arrived',
  missing: 'missing',
  told: 'packet-too-big',
};

function outcomeOf(judgement: ForwardJudgement | null): Outcome {
  return judgement === null ? { kind: 'none' } : judgement;
}

function unanswered(connection: Connection): OutcomeName {
  return connection.failure === 'refused' || connection.failure === 'reset' ? 'refused' : 'no-answer';
}
