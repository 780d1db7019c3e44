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

/** Above it the window of the handshake bounds what this side takes for the other's MSS (tcp_bound_to_half_wnd, net/tcp.h). */
const LARGEST_READABLE_MSS = 32_767;

/** MSS as it was sent and as it came in, where the latter is smaller: somebody on the way rewrites it. `null` elsewhere. */
export interface Rewritten {
  readonly ours: { readonly sent: number; readonly arrived: number } | null;
  readonly theirs: { readonly sent: number; readonly arrived: number } | null;
}

/** @param mss of our SYN, and of the SYN-ACK as it arrived here. */
export function rewrittenMss(
  { mssArrived, mssSent }: FarEnd,
  { advertised, peer }: { readonly advertised: number | null; readonly peer: number | null },
): Rewritten {
  const isReadable = mssSent !== null && mssSent <= LARGEST_READABLE_MSS;
  return { ours: smaller(advertised, mssArrived), theirs: isReadable ? smaller(mssSent, peer) : null };
}

function smaller(sent: number | null, arrived: number | null): Rewritten['ours'] {
  return sent !== null && arrived !== null && arrived < sent ? { sent, arrived } : null;
}
