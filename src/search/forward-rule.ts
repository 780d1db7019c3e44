/**
 * The loss rule of the forward direction over TCP: what became of one write that left as one packet, tail behind it.
 *
 *   arrived    the write is acknowledged, and the connection could still send it in one piece
 *   was told   the connection's path MTU shrank within a round trip of the write
 *   vanished   the tail is selectively acknowledged, the write is not, and our own fast retransmission of it
 *              vanished too
 *
 * A peer without SACK cannot show a hole; there, two of our own retransmissions must vanish while smaller writes on
 * other connections are acknowledged.
 */

import { segmentPayload } from '../wire/header-size.ts';
import type { TcpInfo } from '../wire/tcp-info.ts';
import { guardMs, repairMs, type Timing } from './timing.ts';

export type ForwardJudgement =
  | { readonly kind: 'arrived'; readonly retransmitted: boolean }
  | { readonly kind: 'missing' }
  /** `carried`: what followed in packets of `nextHopMtu` was acknowledged. */
  | { readonly kind: 'told'; readonly nextHopMtu: number; readonly carried: boolean };

export class ForwardJudge {
  readonly #size: number;
  readonly #payload: number;
  readonly #before: TcpInfo;
  readonly #writtenAt: number;
  #latest: TcpInfo;
  #holeAt: number | null = null;
  #retransmittedAt: number | null = null;
  #told: { readonly at: number; readonly mtu: number } | null = null;

  /** @param before the connection just before the write: everything acknowledged, `sndMss` at least the payload. */
  constructor(size: number, family: 4 | 6, before: TcpInfo, now: number) {
    this.#size = size;
    this.#payload = segmentPayload(size, family, before);
    this.#before = before;
    this.#latest = before;
    this.#writtenAt = now;
  }

  onInfo(info: TcpInfo, now: number): void {
    this.#latest = info;
    // A shrink to this size or more was not for this write: another one was told, and this one may still vanish.
    if (info.pathMtu < Math.min(this.#before.pathMtu, this.#size)) this.#told ??= { at: now, mtu: info.pathMtu };
    if (info.sackedSegments > 0 && !this.#isAcked(info)) this.#holeAt ??= now;
    if (info.totalRetransmits > this.#before.totalRetransmits) this.#retransmittedAt ??= now;
  }

  /**
   * `null` while nothing is proved yet.
   *
   * @param smallerAcked a smaller write of the same wave is acknowledged.
   */
  judge(now: number, timing: Timing, smallerAcked: boolean): ForwardJudgement | null {
    const info = this.#latest;
    if (this.#isAcked(info)) {
      // Beside a hole in what we receive, the option that tells of it takes its room from the write.
      if ((info.outOfOrderSegments ?? 0) > (this.#before.outOfOrderSegments ?? 0)) return null;
      if (info.sndMss >= this.#payload) return { kind: 'arrived', retransmitted: this.#retransmittedAt !== null };
      if (this.#isOwnTold(timing)) return { kind: 'told', nextHopMtu: info.pathMtu, carried: true };
      return this.#holeAt === null ? null : { kind: 'missing' };
    }
    if (this.#told !== null && this.#isOwnTold(timing)) {
      const waited = now - this.#told.at;
      return waited > timing.rttMs + repairMs(timing)
        ? { kind: 'told', nextHopMtu: this.#told.mtu, carried: false }
        : null;
    }
    return this.#isMissing(now, timing, smallerAcked) ? { kind: 'missing' } : null;
  }

  /**
   * The shrink was this write's own: it came within a round trip of it, and not after a hole had already shown that
   * nobody speaks. A later one belongs to another probe; the first evidence stands.
   */
  #isOwnTold(timing: Timing): boolean {
    if (this.#told === null) return false;
    const inTime = this.#told.at - this.#writtenAt <= timing.rttMs + guardMs(timing);
    return inTime || this.#holeAt === null || this.#told.at <= this.#holeAt;
  }

  #isMissing(now: number, timing: Timing, smallerAcked: boolean): boolean {
    if (this.#retransmittedAt === null) return false;
    if (!this.#before.sack) {
      const lost = this.#latest.totalRetransmits - this.#before.totalRetransmits;
      return smallerAcked && lost >= 2 && now - this.#retransmittedAt >= repairMs(timing);
    }
    if (this.#holeAt === null || now - this.#holeAt < repairMs(timing)) return false;
    return now - this.#retransmittedAt >= timing.rttMs + guardMs(timing);
  }

  #isAcked(info: TcpInfo): boolean {
    return info.bytesAcked - this.#before.bytesAcked >= this.#payload;
  }
}
