/** One wave of forward probes over TCP: one write per probe on an open connection, a short tail behind each. */

import { ForwardJudge, type ForwardJudgement } from '../search/forward-rule.ts';
import type { Order } from '../search/order.ts';
import type { Timing } from '../search/timing.ts';
import { segmentPayload } from '../wire/header-size.ts';
import type { Connection, Connections } from './connections.ts';
import { type PathContext, pollInterval } from './context.ts';
import type { ForwardPool } from './forward-pool.ts';

export interface ForwardProbe {
  readonly size: number;
  readonly connection: Connection;
  readonly sentAt: number;
  readonly judgement: ForwardJudgement | null;
}

interface Flying extends ForwardProbe {
  readonly judge: ForwardJudge;
  judgement: ForwardJudgement | null;
}

export interface ForwardWave {
  readonly probes: readonly ForwardProbe[];
  /** Sizes that no connection could send in one piece. */
  readonly unsent: readonly number[];
}

/** Enough to be selectively acknowledged, small enough for any path. */
const TAIL_BYTES = 64;
/** Two of our retransmission timeouts (RFC 6298 §2.4: one second at least) and the round trips around them. */
const NO_ANSWER_MS = 3000;

export async function runForwardWave(
  context: PathContext,
  connections: Connections,
  pool: ForwardPool,
  tls: boolean,
  orders: readonly Order[],
): Promise<ForwardWave> {
  const { plan, clock, limits } = context;
  const wanted = orders.flatMap(({ size, copies }) => Array.from({ length: copies }, () => size));
  const flying: Flying[] = [];
  const unsent: number[] = [];
  for (const size of [...wanted, ...controlFor(pool, wanted, plan.floor)]) {
    const connection = pool.take(size);
    if (connection === null) unsent.push(size);
    else flying.push(launch(context, connections, connection, size, tls));
  }
  const startedAt = clock.now();
  while (flying.some(isOpen) && !limits.reached) {
    const timing = connections.timing ?? { rttMs: 0, jitterMs: 0 };
    if (clock.now() - startedAt >= NO_ANSWER_MS + 4 * timing.rttMs) break;
    await connections.step(limits.clip(clock.now() + pollInterval(timing.rttMs)));
    judgeAll(flying, clock.now(), timing);
  }
  for (const { connection, judgement, size } of flying) {
    connection.onInfo = null;
    if (judgement?.kind === 'arrived' && connection.phase === 'established') pool.giveBack(connection, size);
    else connections.close(connection);
  }
  return { probes: flying, unsent };
}

function launch(
  { path, clock }: PathContext,
  connections: Connections,
  connection: Connection,
  size: number,
  tls: boolean,
): Flying {
  const info = connection.info as NonNullable<Connection['info']>;
  const sentAt = clock.now();
  const judge = new ForwardJudge(size, path.family, info, sentAt);
  connection.onInfo = (latest, now) => judge.onInfo(latest, now);
  connections.write(connection, segmentPayload(size, path.family, info), tls);
  connections.write(connection, TAIL_BYTES, tls);
  return { size, connection, judge, sentAt, judgement: null };
}

function judgeAll(flying: readonly Flying[], now: number, timing: Timing): void {
  const acked = flying.filter(({ judgement }) => judgement?.kind === 'arrived').map(({ size }) => size);
  for (const probe of flying) {
    probe.judgement ??= probe.judge.judge(
      now,
      timing,
      acked.some((size) => size < probe.size),
    );
  }
}

function isOpen({ judgement, connection }: Flying): boolean {
  return judgement === null && connection.phase !== 'closed';
}

/** A peer without SACK shows no hole: there, a smaller write of the same wave has to be acknowledged meanwhile. */
function controlFor(pool: ForwardPool, wanted: readonly number[], floor: number): number[] {
  return pool.isBlind && Math.min(...wanted) > floor ? [floor] : [];
}
