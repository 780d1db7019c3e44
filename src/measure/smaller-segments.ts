/** Why the server's segments are smaller than we offered: it was told, something holds them, or it is not clear. */

import type { ReverseJudgement } from '../search/reverse-rule.ts';
import type { Exchange } from './channel.ts';
import type { Connections } from './connections.ts';
import type { PathContext } from './context.ts';
import { peerSizeOf } from './peer-size.ts';
import { mssToSet } from './plan.ts';
import { type ReverseWave, runReverseWave, sizeOf } from './reverse-wave.ts';

/**
 * - `told`: the server was told between our request and its reply.
 * - `held`: a lower MSS is in force and was from the start.
 * - `unclear`: a reply in small pieces and a chance loss look the same, and it did not happen twice.
 */
export type SmallerBecause = 'told' | 'held' | 'unclear';

export interface SmallerSegments {
  readonly because: SmallerBecause;
  /** Packet size of the MSS in a later SYN-ACK; `null` when there was no reason to look. */
  readonly laterPeerSize: number | null;
}

/**
 * A server that was told offers the smaller MSS in its next SYN-ACK; a clamp already stood in the first one, or does not
 * move. Where the SYN-ACK does not move and a hole was seen, the same request is made once more.
 *
 * @param peerSize packet size of the MSS in the first SYN-ACK.
 */
export async function whySmaller(
  context: PathContext,
  connections: Connections,
  from: {
    readonly port: number;
    readonly exchange: Exchange;
    readonly peerSize: number | null;
    readonly firstFlight: number | null;
  },
  wave: ReverseWave,
): Promise<SmallerSegments> {
  const judgement = wave.probes.map((probe) => probe.judgement).find(isSmaller) ?? null;
  if (judgement === null) return { because: 'told', laterPeerSize: null };
  const size = sizeOf(judgement);
  const { peerSize } = from;
  const mayMove = peerSize !== null && (size === null || peerSize > size) && connections.left > 0;
  const laterPeerSize = mayMove ? await laterPeerSizeOf(context, connections, from.port) : null;
  // Segments too small to be told apart: that the SYN-ACK fell at all is what there is to see.
  const hasMoved = laterPeerSize !== null && (size === null ? laterPeerSize < (peerSize ?? 0) : laterPeerSize === size);
  if (hasMoved) return { because: 'told', laterPeerSize };
  if (size === null) return { because: 'unclear', laterPeerSize };
  if (judgement.kind === 'smaller') return { because: 'held', laterPeerSize };
  const again = await runReverseWave(context, connections, {
    ...from,
    orders: [{ size: wave.probes[0]?.size ?? context.plan.reverseCeiling, copies: 1 }],
    opened: [],
    control: wave.control ?? 'new',
    owedBytes: wave.control?.replyBytes ?? 0,
  });
  const twice = again.probes.some((probe) => sizeOf(probe.judgement) === size);
  return { because: twice ? 'told' : 'unclear', laterPeerSize };
}

function isSmaller(judgement: ReverseJudgement | null): judgement is ReverseJudgement {
  return judgement?.kind === 're-segmented' || judgement?.kind === 'smaller';
}

async function laterPeerSizeOf(context: PathContext, connections: Connections, port: number): Promise<number | null> {
  const { limits, clock, plan, path } = context;
  const connection = connections.open(port, mssToSet(plan.reverseCeiling, path));
  while (connection.phase !== 'established' && connection.phase !== 'closed' && !limits.reached) {
    await connections.step(limits.clip(clock.now() + 100));
  }
  const peer = peerSizeOf(connection);
  connections.close(connection);
  return peer;
}
