import type { TcpInfo } from '../../../src/wire/tcp-info.ts';

/** A fresh connection at MSS 1460 with timestamps, IPv4; a test changes what it is about. */
export const FRESH: TcpInfo = {
  state: 1,
  timestamps: true,
  sack: true,
  sndMss: 1448,
  rcvMss: 536,
  advMss: 1448,
  pathMtu: 1500,
  unackedSegments: 0,
  sackedSegments: 0,
  totalRetransmits: 0,
  rttUs: 10_000,
  bytesAcked: 1,
  bytesReceived: 0,
  segmentsOut: 3,
  dataSegmentsIn: 0,
  outOfOrderSegments: 0,
};
