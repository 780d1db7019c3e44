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

import { segmentPayload, segmentSize } from '../wire/header-size.ts';
import type { TcpInfo } from '../wire/tcp-info.ts';
import { awaitedBytes } from './awaited-bytes.ts';
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
  /** Bytes that the server says before the reply, in packets smaller than the offered ones; `null` where it says none. */
  readonly firstFlight: number | null;
  /** A reply in many small writes looks like small segments; true where only the SYN-ACK's word is taken for a limit. */
  readonly writesInPieces: boolean;
}

export type ReverseJudgement =
  | { readonly kind: 'arrived' }
  | { readonly kind: 'missing'; readonly proof: 'hole' | 'control' }
  /**
   * `size`: the packets that filled the hole; `null` when they are too small to be told. `ofThisSize`: the server was
   * told of packets of the size that was offered; else it may have been told of smaller ones only, and what becomes of
   * that size is not known.
   */
  | { readonly kind: 're-segmented'; readonly size: number | null; readonly ofThisSize: boolean }
  /** `size`: the largest packet of a reply that came without a hole. `ofThisSize`: as above, should it have been told. */
  | { readonly kind: 'smaller'; readonly size: number; readonly ofThisSize: boolean }
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

/** ECDSA signatures of one key differ in length (two DER integers, RFC 3279 §2.2.3), dates and ages in a page as well. */
const REPLIES_DIFFER_BY = 8;

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
  /** The estimate shrinks again where two smaller segments of one length follow (`tcp_measure_rcv_mss`). */
  #wasFull = false;

  constructor(family: 4 | 6, now: number) {
    this.#family = family;
    this.#progressAt = now;
  }

  get requestedAt(): number | null {
    return this.#requestedAt;
  }

  /** In-order bytes of the reply so far. */
  get bytes(): number {
    return this.#bytes;
  }

  get sawHole(): boolean {
    return this.#holeAt !== null;
  }

  /** In-order bytes up to which a hole may still be open, as far as replies of one server agree in length. */
  owedBytes(control: Control | null): number {
    if (!this.sawHole) return 0;
    return control === null ? Number.POSITIVE_INFINITY : control.replyBytes - REPLIES_DIFFER_BY;
  }

  onRequest(now: number): void {
    this.#requestedAt = now;
    this.#progressAt = now;
  }

  onInfo(info: TcpInfo, now: number): void {
    this.#latest = info;
    this.#wasFull ||= isFull(info);
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

  /**
   * The reply of this connection read as a control; `null` until it is complete.
   *
   * @param owedBytes length of an earlier reply to the same request: a server that pauses before it has come so far, as a
   *   busy one does between its handshake and its page, has not finished.
   */
  asControl(now: number, timing: Timing, writesInPieces: boolean, owedBytes = 0): Control | null {
    const info = this.#latest;
    if (info === null || this.#requestedAt === null || this.#bytes === 0) return null;
    if (!this.#closed && this.#bytes + REPLIES_DIFFER_BY < owedBytes) return null;
    const pauseMs = quietMs(timing, writesInPieces) + (this.sawHole ? RETRANSMISSION_MS + timing.rttMs : 0);
    if (!this.#closed && now - this.#progressAt < pauseMs) return null;
    return {
      replyBytes: this.#bytes,
      filled: this.#wasFull,
      answeredAt: this.#progressAt,
      requestedAt: this.#requestedAt,
    };
  }

  /** `null` while nothing is proved yet. */
  judge(now: number, context: ReverseContext): ReverseJudgement | null {
    const info = this.#latest;
    if (info === null || this.#requestedAt === null) return null;
    if (this.#wasFull) return { kind: 'arrived' };
    const { control, timing } = context;
    if (control === null) return null;
    const full = this.#fullSegment(info, context);
    const owed = control.filled && control.replyBytes >= full;
    // Replies of two connections differ by a few bytes; a hole in front of a full segment is not filled by that.
    const isFilled = !this.sawHole || this.#bytes >= full;
    if (this.#bytes > 0 && isFilled && this.#bytes + full > awaitedBytes(control.replyBytes)) {
      const complete = this.#closed || now - this.#progressAt >= quietMs(timing, context.writesInPieces);
      return complete ? this.#judgeComplete(info, owed, context) : null;
    }
    if (!owed) return this.hadItsTime(now, timing, control) ? { kind: 'short', size: null } : null;
    if (this.#holeAt !== null) {
      const since = Math.max(this.#holeAt, this.#progressAt);
      return info.unackedSegments === 0 && now - since >= repairMs(timing) ? { kind: 'missing', proof: 'hole' } : null;
    }
    return this.#outlastedControl(now, context, control) ? { kind: 'missing', proof: 'control' } : null;
  }

  #judgeComplete(info: TcpInfo, owed: boolean, context: ReverseContext): ReverseJudgement {
    const size = info.rcvMss > RCV_MSS_START ? segmentSize(info.rcvMss, this.#family, info) : null;
    if (size !== null && size === context.peerSize && owed) return { kind: 'smaller', size, ofThisSize: true };
    if (size !== null && this.#isFlight(size, info, context)) return { kind: 'short', size };
    if (size !== null && size === this.#fallenTo(info, context)) {
      return { kind: 're-segmented', size, ofThisSize: this.#flightWasTold(size, info, context) };
    }
    // Packets smaller than those of the control, which arrive: no router asked for them, one named no number.
    const ofThisSize = size === null || this.#tailFits(size, info, context) || this.#flightWasTold(size, info, context);
    const longEnough = context.control !== null && context.control.replyBytes >= this.#fullSegment(info, context);
    if (this.sawHole && longEnough) return { kind: 're-segmented', size, ofThisSize };
    if (!owed || size === null) return { kind: 'short', size };
    return !context.writesInPieces && isPacked(info) ? { kind: 'smaller', size, ofThisSize } : { kind: 'short', size };
  }

  /** Payload of the largest segment that the server may send: what we offer, or what its own interface takes. */
  #fullSegment(info: TcpInfo, { peerSize }: ReverseContext): number {
    return Math.min(info.advMss, peerSize === null ? info.advMss : segmentPayload(peerSize, this.#family, info));
  }

  /** Packet size of this connection's SYN-ACK, where that of the first one was larger: the server was told since. */
  #fallenTo(info: TcpInfo, { peerSize }: ReverseContext): number | null {
    const now = segmentSize(info.sndMss, this.#family, info);
    return peerSize !== null && info.sndMss < info.advMss && now < peerSize ? now : null;
  }

  /**
   * The server is told of its first words already, and never comes to send larger packets: the short flight is as much
   * of this size as there will ever be.
   */
  #flightWasTold(size: number, info: TcpInfo, { firstFlight }: ReverseContext): boolean {
    return firstFlight !== null && segmentSize(firstFlight, this.#family, info) > size;
  }

  /** A packet of this size was owed in any case, before the reply. */
  #isFlight(size: number, info: TcpInfo, { firstFlight }: ReverseContext): boolean {
    if (firstFlight === null) return false;
    const flight = segmentSize(firstFlight, this.#family, info);
    return Math.abs(flight - size) <= REPLIES_DIFFER_BY;
  }

  /** The short end of the reply is no larger than the packets that the server then used: it was not what was told. */
  #tailFits(size: number, info: TcpInfo, context: ReverseContext): boolean {
    const tail = ((context.control?.replyBytes ?? 0) - (context.firstFlight ?? 0)) % this.#fullSegment(info, context);
    return segmentSize(tail + REPLIES_DIFFER_BY, this.#family, info) <= size;
  }

  /** As long as the control took, and the time of a repair: a reply that fills no segment of this size is done by now. */
  hadItsTime(now: number, timing: Timing, control: Control): boolean {
    const asLong = Math.max(this.#progressAt, control.answeredAt) + (control.answeredAt - control.requestedAt);
    return now >= asLong + CONTROL_SLACK_MS + repairMs(timing);
  }

  #outlastedControl(now: number, context: ReverseContext, control: Control): boolean {
    if (!context.controlIsYounger || this.#latest?.unackedSegments !== 0) return false;
    if (this.#bytes + (this.#latest.advMss ?? 0) > awaitedBytes(control.replyBytes)) return false;
    return this.hadItsTime(now, context.timing, control);
  }
}

/** A full segment at the advertised MSS came in order: rcv_mss never grows beyond what was seen. */
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
