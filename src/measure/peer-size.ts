/** What the other side's SYN-ACK lets us send. */

import { segmentSize } from '../wire/header-size.ts';
import type { Connection } from './connections.ts';

/** Packet size that the peer's SYN-ACK lets us send, as far as our own path MTU shows it. */
export function peerSizeOf(connection: Connection): number | null {
  const { info, family } = connection;
  if (info === null || connection.establishedAt === null) return null;
  return segmentSize(info.sndMss, family, info);
}
