/** One wave of forward probes over TCP: one write per probe on an open connection, a short tail behind each. */

import { ForwardJudge, type ForwardJudgement } from '../search/forward-rule.ts';
import type { Order } from '../search/search.ts';
import { segmentPayload, segmentSize } from '../wire/header-size.ts';
import type { Connection, Connections } from './connections.ts';
import { type PathContext, pollInterval } from './context.ts';

export interface ForwardProbe {
  readonly size: number;
  readonly connection: Connection;
  readonly sentAt: number;
  readonly judgement: ForwardJudgement | null;
}

interface Flying {
  readonly size: number;
  readonly connection: Connection;
  readonly judge: ForwardJudge;
  readonly sentAt: number;
  judgement: ForwardJudgement | null;
}

export interface ForwardWave {
  readonly probes: readonly ForwardProbe[];
  /** Sizes that no connection could send in one piece, with the size that the best of them can. */
  readonly unsent: ReadonlyMap<number, { readonly limit: number; readonly told: boolean }>;
}

/** Enough to be selectively acknowledged, small enough for any path. */
const TAIL_BYTES = 64;
/** Two of our retransmission timeouts (RFC 6298 §2.4: one second at least) and the round trips around them. */
const NO_ANSWER_MS = 3000;
const HANDSHAKE_MS = 3000;

export async function runForwardWave(
  context: PathContext,
  connections: Connections,
  pool: Connection[],
  port: number,
  tls: boolean,
  orders: readonly Order[],
): Promise<ForwardWave> {
  const { path, plan, clock, limits } = context;
  const wanted = orders.flatMap(({ size, copies }) => Array.from({ length: copies }, () => size));
  await fillPool(context, connections, pool, port, wanted);
  const unsent = new Map<number, { limit: number; told: boolean }>();
  const flying: Flying[] = [];
  for (const size of [...wanted, ...controlFor(pool, wanted, plan.floor)]) {
    const at = pool.findIndex((connection) => canCarry(connection, size));
    if (at < 0) {
      const limit = Math.max(0, ...pool.filter(isIdle).map(largestSize));
      if (limit > 0) unsent.set(size, { limit, told: pool.some((c) => isIdle(c) && c.info !== null && c.info.pathMtu < size) });
      continue;
    }
    const [connection] = pool.splice(at, 1) as [Connection];
    const info = connection.info as NonNullable<Connection['info']>;
    const sentAt = clock.now();
    const judge = new ForwardJudge(size, path.family, info, sentAt);
    connection.onInfo = (latest, now) => judge.onInfo(latest, now);
    connections.write(connection, segmentPayload(size, path.family, info), tls);
    connections.write(connection, TAIL_BYTES, tls);
    flying.push({ size, connection, judge, sentAt, judgement: null });
  }
  const startedAt = clock.now();
  while (flying.some(({ judgement }) => judgement === null) && !limits.reached) {
    const timing = connections.timing ?? { rttMs: 0, jitterMs: 0 };
    if (clock.now() - startedAt >= NO_ANSWER_MS + 4 * timing.rttMs) break;
    await connections.step(limits.clip(clock.now() + pollInterval(timing.rttMs)));
    const now = clock.now();
    const acked = flying.filter(({ judgement }) => judgement?.kind === 'arrived').map(({ size }) => size);
    for (const probe of flying) {
      probe.judgement ??= probe.judge.judge(now, timing, acked.some((size) => size < probe.size));
    }
    if (flying.every((probe) => probe.judgement !== null || probe.connection.phase === 'closed')) break;
  }
  for (const { connection, judgement } of flying) {
    connection.onInfo = null;
    if (judgement?.kind === 'arrived' && connection.phase === 'established') pool.push(connection);
    else connections.close(connection);
  }
  return { probes: flying, unsent };
}

/** A peer without SACK shows no hole: there, a smaller write of the same wave has to be acknowledged meanwhile. */
function controlFor(pool: readonly Connection[], wanted: readonly number[], floor: number): number[] {
  const blind = pool.some((connection) => isIdle(connection) && connection.info?.sack === false);
  return blind && Math.min(...wanted) > floor ? [floor] : [];
}

/** Opens what the pool lacks for a wave, and waits until the handshakes are done or given up. */
async function fillPool(
  context: PathContext,
  connections: Connections,
  pool: Connection[],
  port: number,
  wanted: readonly number[],
): Promise<void> {
  const { clock, limits } = context;
  const usable = pool.filter((connection) => connection.phase !== 'closed').length;
  for (let missing = wanted.length - usable; missing > 0 && connections.left > 0; missing -= 1) {
    pool.push(connections.open(port, null));
  }
  const until = clock.now() + HANDSHAKE_MS;
  const waiting = (): boolean => pool.some(({ phase }) => phase === 'queued' || phase === 'connecting');
  const busy = (): boolean => pool.some((c) => c.phase === 'established' && (c.info?.unackedSegments ?? 0) > 0);
  while ((waiting() || busy()) && clock.now() < until && !limits.reached) {
    await connections.step(limits.clip(Math.min(until, clock.now() + 50)));
  }
}

function isIdle(connection: Connection): boolean {
  return connection.phase === 'established' && connection.info !== null && connection.info.unackedSegments === 0;
}

function largestSize(connection: Connection): number {
  const { info, family } = connection;
  return info === null ? 0 : segmentSize(info.sndMss, family, info);
}

function canCarry(connection: Connection, size: number): boolean {
  return isIdle(connection) && largestSize(connection) >= size;
}
