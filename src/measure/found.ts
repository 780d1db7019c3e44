import type { FarEnd } from '../contract.ts';
import type { HopTrace } from '../search/hop-rule.ts';
import type { Measurement, SearchResult } from '../search/measurement.ts';
import type { DatagramResult } from './datagram-phase.ts';
import type { HandshakeResult } from './handshakes.ts';
import type { ReverseResult } from './reverse.ts';

/** What the phases of one path found so far. */
export interface Found {
  handshake: HandshakeResult | null;
  reverse: ReverseResult | null;
  tcp: SearchResult | null;
  datagrams: DatagramResult;
  withheldAbove: number | null;
  trace: HopTrace;
  recovery: { forwardMs: number | null; reverseMs: number | null };
  farEnd: FarEnd | null;
  mss: Measurement['mss'];
}

export function nothingFound(): Found {
  return {
    handshake: null,
    reverse: null,
    tcp: null,
    datagrams: { echo: null, scout: null, witness: null },
    withheldAbove: null,
    trace: [],
    recovery: { forwardMs: null, reverseMs: null },
    farEnd: null,
    mss: { advertised: null, peer: null, laterPeer: null },
  };
}
