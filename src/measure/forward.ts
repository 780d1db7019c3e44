/** The forward direction over TCP: which sizes of our own packets reach the target. */

import type { OutcomeName } from '../contract.ts';
import type { Outcome } from '../search/bracket.ts';
import { FlowLog } from '../search/flow-log.ts';
import type { ForwardJudgement } from '../search/forward-rule.ts';
import type { SearchResult } from '../search/measurement.ts';
import type { Order } from '../search/order.ts';
import type { Search } from '../search/search.ts';
import type { Connection, Connections } from './connections.ts';
import type { PathContext } from './context.ts';
import { type FlowProber, flowProber } from './flow-prober.ts';
import { ForwardPool } from './forward-pool.ts';
import { type ForwardWave, runForwardWave } from './forward-wave.ts';
import { type SearchEnd, searchMembers, withoutDisputed } from './members.ts';
import { speaksTls } from './plan.ts';
import { newTcpSearch, reportProgress, summarize } from './searching.ts';

export interface ForwardSetup {
  readonly port: number;
  /** Connections that were opened before any large packet moved. */
  readonly opened: readonly Connection[];
  /** Largest size that may be sent at all; below the ceiling when more would hide what is wrong. */
  readonly cap: number;
  /** The largest packet that the target offers to take on new connections. */
  readonly reach: number;
}

export async function searchForward(
  context: PathContext,
  connections: Connections,
  { port, opened, cap, reach }: ForwardSetup,
): Promise<SearchResult | null> {
  const pool = new ForwardPool(context, connections, port, opened, reach);
  const limit = await pool.largest();
  if (limit === null) return null;
  const ceiling = Math.min(cap, limit);
  const search = newTcpSearch(context.plan, context.plan.floor, ceiling);
  const scene = { context, connections, tls: speaksTls(context.path, port), log: new FlowLog() };
  const prober = forwardProber(scene, port);
  const { settled, members } = await goOn(scene, pool, search, () =>
    searchMembers(context, scene.log, search, context.plan.floor, prober),
  );
  const result =
    members === null
      ? withoutDisputed(summarize(search, 'tcp-segment', ceiling, settled), scene.log)
      : { ...members, ceiling };
  context.hints.add(result.pathMtu);
  return result;
}

interface Scene {
  readonly context: PathContext;
  readonly connections: Connections;
  readonly tls: boolean;
  readonly log: FlowLog;
}

/** @param members is asked after every wave whether the flows agree. */
async function goOn(
  scene: Scene,
  pool: ForwardPool,
  search: Search,
  members: () => Promise<SearchResult | null>,
): Promise<SearchEnd> {
  const { context } = scene;
  for (;;) {
    const found = await members();
    if (found !== null) return { settled: true, members: found };
    if (search.unsettled) await context.hints.ready();
    context.hints.tell(search);
    const step = search.poll();
    if (step.kind === 'done') return { settled: step.settled, members: null };
    if (context.limits.reached) return { settled: search.isSettled, members: null };
    await oneWave(scene, pool, search, await affordable(context, search, pool, step.orders));
  }
}

async function oneWave(
  { context, connections, tls, log }: Scene,
  pool: ForwardPool,
  search: Search,
  orders: readonly Order[],
): Promise<ForwardWave> {
  announce(context, search, orders);
  const wave = await runForwardWave(context, connections, pool, tls, orders);
  absorb(context, search, pool, wave, log);
  return wave;
}

function forwardProber(scene: Scene, port: number): FlowProber {
  const { context, connections } = scene;
  const poolOf = (ports?: readonly number[]): ForwardPool =>
    new ForwardPool(context, connections, port, [], Number.POSITIVE_INFINITY, ports);
  return flowProber(context, {
    method: 'tcp-segment',
    floor: context.plan.floor,
    wave: async (search, { size, copies }, ports) => {
      const pool = poolOf(ports ?? undefined);
      const able = await pool.prepare(copies, size);
      if (able === 0) return [];
      const { probes } = await oneWave(scene, pool, search, [{ size, copies: able }]);
      pool.close();
      return probes;
    },
    search: async (search, ports) => {
      const { settled } = await goOn(scene, poolOf(ports), search, () => Promise.resolve(null));
      return settled;
    },
  });
}

/** What the pool can send of a wave: all of it, or a narrower one. */
async function affordable(
  { plan }: PathContext,
  search: Search,
  pool: ForwardPool,
  orders: readonly Order[],
): Promise<readonly Order[]> {
  const probes = orders.reduce((sum, { copies }) => sum + copies, 0);
  const largest = Math.max(...orders.map(({ size }) => size));
  // A peer without SACK is judged beside a smaller write, on a connection of its own.
  const beside = pool.isBlind ? 1 : 0;
  const able = Math.max(0, (await pool.prepare(probes + beside, largest, search.isSettled)) - beside);
  // Two lost at the ceiling, and too few would be left for a size and, twice, its successor.
  if (search.waves === 1 && pool.isScarce(largest) && able < probes + 3) return search.narrow(1);
  if (able === 0 && pool.reach < largest) return [{ size: Math.max(plan.floor, pool.reach), copies: 1 }];
  if (able === 0 || able >= probes) return orders;
  return pool.isScarce(largest) ? search.sparing(able) : search.narrow(able);
}

function announce(context: PathContext, search: Search, orders: readonly Order[]): void {
  const where = { address: context.path.address, direction: 'forward', method: 'tcp-segment' } as const;
  reportProgress(
    context.onProgress,
    where,
    search,
    orders.map(({ size }) => size),
  );
}

function absorb(context: PathContext, search: Search, pool: ForwardPool, wave: ForwardWave, log: FlowLog): void {
  const told = wave.probes.map(({ judgement }) => judgement).find((judgement) => judgement?.kind === 'told') ?? null;
  const carried = carriedAfterTold(wave);
  const toldSizes = new Set(wave.probes.filter((probe) => probe.judgement?.kind === 'told').map(({ size }) => size));
  for (const { size, sentAt, judgement, connection } of wave.probes) {
    if (judgement?.kind === 'arrived' && judgement.retransmitted) context.recorder.repairs += 1;
    // Once this host is told of a size, it sends no more of it, whatever way some of them went.
    const isRetired = judgement?.kind === 'arrived' && toldSizes.has(size);
    search.onOutcome(size, judgement === null || isRetired ? { kind: 'none' } : judgement);
    if (judgement?.kind === 'arrived' || judgement?.kind === 'missing') {
      log.note(size, connection.localPort, judgement.kind);
    }
    // Others are told of this size, and what they send then arrives: this one met another way, or a hole before that.
    const lost = judgement?.kind === 'missing' || (judgement?.kind === 'told' && !judgement.carried);
    if (lost && toldSizes.has(size) && carried !== null) log.note(carried, connection.localPort, 'missing');
    const sender = judgement?.kind === 'told' ? { from: null, nextHopMtu: judgement.nextHopMtu } : undefined;
    const probe = { method: 'tcp-segment', direction: 'forward', size, sentAt } as const;
    context.recorder.note(probe, judgement === null ? unanswered(connection) : NAMES[judgement.kind], sender);
  }
  for (const size of wave.unsent) search.onOutcome(size, unsentOutcome(size, told, pool));
}

/** The size that flows fell to and that then arrived; `null` where none did. */
function carriedAfterTold({ probes }: ForwardWave): number | null {
  const sizes = probes.flatMap(({ judgement }) =>
    judgement?.kind === 'told' && judgement.carried && judgement.nextHopMtu > 0 ? [judgement.nextHopMtu] : [],
  );
  return sizes.length === 0 ? null : Math.min(...sizes);
}

const NAMES: Record<ForwardJudgement['kind'], OutcomeName> = {
  arrived: 'arrived',
  missing: 'missing',
  told: 'packet-too-big',
};

/** A size that no connection takes any more: the kernel was told, or the other side now offers less. */
function unsentOutcome(size: number, told: ForwardJudgement | null, pool: ForwardPool): Outcome {
  if (told?.kind === 'told' && (told.nextHopMtu === 0 || size > told.nextHopMtu)) {
    return { kind: 'told', nextHopMtu: told.nextHopMtu, carried: false };
  }
  return pool.isTold(size) ? { kind: 'told', nextHopMtu: 0, carried: false } : { kind: 'none' };
}

function unanswered(connection: Connection): OutcomeName {
  return connection.failure === 'refused' || connection.failure === 'reset' ? 'refused' : 'no-answer';
}
