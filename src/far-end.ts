/** What only the other end of a path can know: part of the report. */

/** One download (reverse) or upload (forward) of a stated length, as both ends saw it. */
export interface Transfer {
  readonly direction: 'forward' | 'reverse';
  readonly bytes: number;
  /** Between its first and last byte; `null` when it did not come to its end in time. */
  readonly durationMs: number | null;
  /** Segments that its sender sent again; `null` where that is not known. */
  readonly retransmits: number | null;
}

/** Told by a responder over TCP. */
export interface FarEnd {
  /** The MSS of our SYN as it arrived there: another than we sent was rewritten on the way. */
  readonly mssArrived: number | null;
  /** The MSS of its SYN-ACK as it left there. */
  readonly mssSent: number | null;
  /** The path MTU towards us that its kernel goes by. */
  readonly pathMtu: number | null;
  readonly transfers: readonly Transfer[];
}
