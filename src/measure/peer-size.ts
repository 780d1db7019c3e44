/** What the other side's SYN-ACK lets us send, and what that says of a server that was told meanwhile. */

import { segmentSize } from '../wire/header-size.ts';
import type { Connection, Connections } from './connections.ts';
import type { PathContext } from './context.ts';
import { mssToSet } from './plan.ts';
import { sizeOf } from './reverse-record.ts';
import type { ReverseWave } from './reverse-wave.ts';

/**
 * Segments smaller than offered, and no hole seen: was the server told between our request and its reply, or does a
 * lower MSS hold it? A server that was told offers the smaller MSS in its next SYN-ACK; a clamp already stood in the
 * first one, or does not move.
 */
export async function laterPeerSizeOf(
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
