/**
 * Whether a black hole heals by itself: a sender with packetization-layer path MTU discovery (`tcp_mtu_probing`,
 * RFC 4821) finds a smaller size after a few retransmission timeouts. To the user that is a stall of seconds.
 */

import type { SearchResult } from '../search/measurement.ts';
import { segmentPayload, segmentSize } from '../wire/header-size.ts';
import type { Exchange } from './channel.ts';
import type { Connection, Connections } from './connections.ts';
import type { PathContext } from './context.ts';
import { mssToSet, replyBytesFor, speaksTls } from './plan.ts';

export interface Recovery {
  readonly forwardMs: number | null;
  readonly reverseMs: number | null;
}

interface Watch {
  readonly direction: 'forward' | 'reverse';
  readonly connection: Connection;
  /** What is known to arrive: only a larger packet shows whether the hole heals. */
  readonly above: number;
  /** Size of the packet that is watched; 0 before it was sent. */
  size: number;
  startedAt: number | null;
  bytesBefore: number;
  recoveredMs: number | null;
}

/** How often the kernel is asked; recovery takes seconds. */
const INTERVAL_MS = 20;

/**
 * @param silent the path MTU of each direction that has a black hole; `null` for one that has none.
 * @param exchange what the server is asked for in the reverse direction.
 */
export async function watchRecovery(
  context: PathContext,
  connections: Connections,
  port: number,
  silent: { readonly forward: number | null; readonly reverse: number | null },
  exchange: Exchange,
): Promise<Recovery> {
  const { path, plan, clock, limits } = context;
  const watches: Watch[] = [];
  if (silent.reverse !== null) {
    watches.push(newWatch('reverse', connections.open(port, mssToSet(plan.reverseCeiling, path)), silent.reverse));
  }
  if (silent.forward !== null) watches.push(newWatch('forward', connections.open(port, null), silent.forward));
  while (watches.some(isOpen) && !limits.reached) {
    for (const watch of watches) {
      if (watch.startedAt === null) start(context, connections, port, watch, exchange);
      else if (watch.recoveredMs === null && isHealed(context, watch)) {
        watch.recoveredMs = Math.round(clock.now() - watch.startedAt);
        note(context, watch);
      }
    }
    await connections.step(limits.clip(clock.now() + INTERVAL_MS));
  }
  for (const { connection } of watches) connections.close(connection);
  const recovered = (direction: Watch['direction']): number | null =>
    watches.find((watch) => watch.direction === direction)?.recoveredMs ?? null;
  return { forwardMs: recovered('forward'), reverseMs: recovered('reverse') };
}

function newWatch(direction: Watch['direction'], connection: Connection, above: number): Watch {
  return { direction, connection, above, size: 0, startedAt: null, bytesBefore: 0, recoveredMs: null };
}

function isOpen(watch: Watch): boolean {
  return watch.recoveredMs === null && watch.connection.phase !== 'closed';
}

/** A connection that sends nothing larger than what arrives anyway is of no use: one side has learnt meanwhile. */
function start(context: PathContext, connections: Connections, port: number, watch: Watch, exchange: Exchange): void {
  const { path, plan, clock } = context;
  const { connection } = watch;
  const { info } = connection;
  if (connection.phase !== 'established' || info === null) return;
  const payload = watch.direction === 'reverse' ? info.advMss : info.sndMss;
  const ceiling = watch.direction === 'reverse' ? plan.reverseCeiling : plan.ceiling;
  watch.size = Math.min(ceiling, segmentSize(payload, path.family, info));
  if (watch.size <= watch.above) {
    connections.close(connection);
    return;
  }
  watch.startedAt = clock.now();
  if (watch.direction === 'reverse') {
    connections.request(connection, exchange, replyBytesFor(plan.reverseCeiling, path.family), false);
    return;
  }
  const bytes = segmentPayload(watch.size, path.family, info);
  watch.bytesBefore = info.bytesAcked + bytes - 1;
  connections.write(connection, bytes, speaksTls(path, port));
}

/** More than a full segment in order, or the whole large write acknowledged. */
function isHealed(context: PathContext, watch: Watch): boolean {
  const { info } = watch.connection;
  if (info === null) return false;
  if (watch.direction === 'forward') return info.bytesAcked > watch.bytesBefore;
  return info.bytesReceived >= segmentPayload(watch.size, context.path.family, info);
}

function note(context: PathContext, watch: Watch): void {
  const { path, recorder } = context;
  const { info } = watch.connection;
  const method = watch.direction === 'reverse' ? 'tcp-mss' : 'tcp-segment';
  const mss = info === null ? null : watch.direction === 'reverse' ? info.rcvMss : info.sndMss;
  const nextHopMtu = info === null || mss === null ? null : segmentSize(mss, path.family, info);
  const sentAt = watch.startedAt ?? context.clock.now();
  const probe = { method, direction: watch.direction, size: watch.size, sentAt } as const;
  recorder.note(probe, 'recovered', { from: null, nextHopMtu });
}

/** The path MTU below a black hole; `null` where there is none. */
export function holeOf(search: SearchResult | null): number | null {
  return search?.silence === true ? (search.pathMtu ?? 0) : null;
}
