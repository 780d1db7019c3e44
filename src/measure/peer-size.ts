/** What the other side's SYN-ACK lets us send. */

import { segmentSize } from '../wire/header-size.ts';
import type { Connection } from './connections.ts';

/** Packet size of the MSS in the first SYN-ACK: a later one may be of a server that has learnt. */
export function firstPeerSize(flows: readonly Connection[]): number | null {
  const open = flows.filter(({ establishedAt }) => establishedAt !== null);
  const [first] = [...open].sort((a, b) => (a.establishedAt ?? 0) - (b.establishedAt ?? 0));
  return first === undefined ? null : peerSizeOf(first);
}

/** Packet size that the peer's SYN-ACK lets us send, as far as our own path MTU shows it. */
export function peerSizeOf(connection: Connection): number | null {
  const { info, family } = connection;
  if (info === null || connection.establishedAt === null) return null;
  return segmentSize(info.sndMss, family, info);
}
