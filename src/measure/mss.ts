import type { Family } from '../contract.ts';
import type { Measurement } from '../search/measurement.ts';
import { mssOfSize, TCP_TIMESTAMPS_SIZE } from '../wire/header-size.ts';
import type { Handshakes } from './handshakes.ts';

/** What both ends offered. @param sizes that the first and a later SYN-ACK stand for; `null` where they are not known. */
export function readMss(
  { flows }: Handshakes,
  sizes: { readonly peerSize: number | null; readonly laterPeerSize: number | null },
  family: Family,
): Measurement['mss'] {
  const info = flows.find((flow) => flow.info !== null)?.info ?? null;
  const { peerSize, laterPeerSize } = sizes;
  return {
    advertised: info === null ? null : info.advMss + (info.timestamps ? TCP_TIMESTAMPS_SIZE : 0),
    peer: peerSize === null ? null : mssOfSize(peerSize, family),
    laterPeer: laterPeerSize === null ? null : mssOfSize(laterPeerSize, family),
  };
}
