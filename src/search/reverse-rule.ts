/**
 * The loss rule of the reverse direction: what one connection says about the size that it advertised.
 *
 * A connection advertises an MSS and asks for more than two segments. The server's full segments are then packets of
 * exactly that size, followed by a short tail:
 *
 *   arrives         rcv_mss reaches adv_mss
 *   vanishes        the tail arrives beyond a hole (rcv_ooopack), in-order bytes stand still, and the server's own
 *                   fast retransmission does not fill the hole
 *   was told        a hole, then the same bytes in smaller segments
 *   limited         no hole at all, segments smaller than offered: an MSS lower than ours is in force
 *
 * Completion proves nothing: a short reply completes on every path. A flight without a tail shows no hole; it is
 * judged against the control, a connection with a small MSS whose request went out last.
 */

import { segmentSize } from '../wire/header-size.ts';
import type { TcpInfo } from '../wire/tcp-info.ts';
import { repairMs, type Timing } from './timing.ts';

/** What the control connection showed of the server: how long its reply is and how long it took. */
export interface Control {
  /** In-order bytes of the complete reply. */
  readonly replyBytes: number;
  /** The server filled segments of the small MSS, so it will fill larger ones when the reply is long enough. */
  readonly filled: boolean;
  readonly answeredAt: number;
  readonly requestedAt: number;
}

export interface ReverseContext {
  readonly timing: Timing;
  /** `null` until the control is complete. */
  readonly control: Control | null;
  /** The control was asked for after this connection, in the same wave: it may prove a loss that shows no hole. */
  readonly controlIsYounger: boolean;
  /** Packet size of the MSS in the server's SYN-ACK; `null` when not known. */
  readonly peerSize: number | null;
  /** A reply in many small writes looks like small segments; true where only the SYN-ACK's word is taken for a limit. */
  readonly writesInPieces: boolean;
}

export type ReverseJudgement =
  | { readonly kind: 'arrived' }
  | { readonly kind: 'missing'; readonly proof: 'hole' | 'control' }
  /** `size`: the packets that filled the hole; `null` when they are too small to be told. */
  | { readonly kind: 're-segmented'; readonly size: number | null }
  /** `size`: the largest packet of a reply that came without a hole. */
  | { readonly kind: 'smaller'; readonly size: number }
  /** The reply cannot fill a packet of this size; `size` is the largest one seen, `null` when none can be told. */
  | { readonly kind: 'short'; readonly size: number | null };

/** `tcp_initialize_rcv_mss` (net/ipv4/tcp_input.c) starts the estimate at TCP_MSS_DEFAULT: up to here it says nothing. */
export const RCV_MSS_START = 536;
/** A reply is complete when nothing was added for this long, or two round trips; servers write a flight at once. */
const QUIET_MS = 60;
/** Replies that an application writes (not TLS itself) come with longer pauses. */
const QUIET_PIECES_MS = 250;
/** A hole that fast retransmission did not fill is filled by the sender's timer (linux/tcp.h, TCP_RTO_MIN 200 ms). */
const RETRANSMISSION_MS = 250;
/** Beyond the control's own answer time: the slack for a server that serves connections one after the other. */
const CONTROL_SLACK_MS = 200;

export class ReverseJudge {
  readonly #family: 4 | 6;
  #requestedAt: number | null = null;
  #latest: TcpInfo | null = null;
  #progressAt: number;
  #bytes = 0;
  /** When data last came in beyond a hole; `null` while all came in order. */
  #holeAt: number | null = null;
  #outOfOrder = 0;
  #closed = false;

  constructor(family: 4 | 6, now: number) {
    this.#family = family;
    this.#progressAt = now;
  }

  get requestedAt(): number | null {
    return this.#requestedAt;
  }

  get sawHole(): boolean {
    return this.#holeAt !== null;
  }

  onRequest(now: number): void {
    this.#requestedAt = now;
    this.#progressAt = now;
  }

  onInfo(info: TcpInfo, now: number): void {
    this.#latest = info;
    const outOfOrder = info.outOfOrderSegments ?? 0;
    if (info.bytesReceived > this.#bytes) {
      this.#bytes = info.bytesReceived;
      this.#progressAt = now;
    }
    if (outOfOrder > this.#outOfOrder) {
      this.#outOfOrder = outOfOrder;
      this.#holeAt = now;
    }
  }

  onClosed(): void {
    this.#closed = true;
  }

  /** The reply of this connection read as a control; `null` until it is complete. */
  asControl(now: number, timing: Timing, writesInPieces: boolean): Control | null {
    const info = this.#latest;
    if (info === null || this.#requestedAt === null || this.#bytes === 0) return null;
    const pauseMs = quietMs(timing, writesInPieces) + (this.sawHole ? RETRANSMISSION_MS + timing.rttMs : 0);
    if (!this.#closed && now - this.#progressAt < pauseMs) return null;
    return {
      replyBytes: this.#bytes,
      filled: isFull(info),
      answeredAt: this.#progressAt,
      requestedAt: this.#requestedAt,
    };
  }

  /** `null` while nothing is proved yet. */
  judge(now: number, context: ReverseContext): ReverseJudgement | null {
    const info = this.#latest;
    if (info === null || this.#requestedAt === null) return null;
    if (isFull(info)) return { kind: 'arrived' };
    const { control, timing } = context;
    if (control === null) return null;
    const owed = control.filled && control.replyBytes >= info.advMss;
    // Replies of two connections differ by a few bytes; a hole in front of a full segment is not filled by that.
    const isFilled = !this.sawHole || this.#bytes >= info.advMss;
    if (this.#bytes > 0 && isFilled && this.#bytes + info.advMss > control.replyBytes) {
      const complete = this.#closed || now - this.#progressAt >= quietMs(timing, context.writesInPieces);
      return complete ? this.#judgeComplete(info, owed, context) : null;
    }
    if (!owed) return this.#hadItsTime(now, timing, control) ? { kind: 'short', size: null } : null;
    if (this.#holeAt !== null) {
      const since = Math.max(this.#holeAt, this.#progressAt);
      return info.unackedSegments === 0 && now - since >= repairMs(timing) ? { kind: 'missing', proof: 'hole' } : null;
    }
    return this.#outlastedControl(now, context, control) ? { kind: 'missing', proof: 'control' } : null;
  }

  #judgeComplete(info: TcpInfo, owed: boolean, context: ReverseContext): ReverseJudgement {
    const size = info.rcvMss > RCV_MSS_START ? segmentSize(info.rcvMss, this.#family, info) : null;
    if (size !== null && size === context.peerSize && owed) return { kind: 'smaller', size };
    const longEnough = context.control !== null && context.control.replyBytes >= info.advMss;
    if (this.sawHole && longEnough) return { kind: 're-segmented', size };
    if (!owed || size === null) return { kind: 'short', size };
    return !context.writesInPieces && isPacked(info) ? { kind: 'smaller', size } : { kind: 'short', size };
  }

  /** As long as the control took, and the time of a repair: a reply that fills no segment of this size is done by now. */
  #hadItsTime(now: number, timing: Timing, control: Control): boolean {
    const asLong = Math.max(this.#progressAt, control.answeredAt) + (control.answeredAt - control.requestedAt);
    return now >= asLong + CONTROL_SLACK_MS + repairMs(timing);
  }

  #outlastedControl(now: number, context: ReverseContext, control: Control): boolean {
    if (!context.controlIsYounger || this.#latest?.unackedSegments !== 0) return false;
    if (this.#bytes + (this.#latest.advMss ?? 0) > control.replyBytes) return false;
    return this.#hadItsTime(now, context.timing, control);
  }
}

/** A full segment at the advertised MSS came in order: rcv_mss only ever grows to what was seen. */
function isFull(info: TcpInfo): boolean {
  return info.advMss > RCV_MSS_START && info.rcvMss >= info.advMss && info.bytesReceived >= info.advMss;
}

/** All but the tail are segments of one size: the sender had more to send and was held to that size. */
function isPacked(info: TcpInfo): boolean {
  return info.dataSegmentsIn >= 3 && info.bytesReceived >= (info.dataSegmentsIn - 1) * info.rcvMss;
}

function quietMs(timing: Timing, writesInPieces: boolean): number {
  return Math.max(writesInPieces ? QUIET_PIECES_MS : QUIET_MS, 2 * timing.rttMs);
}
