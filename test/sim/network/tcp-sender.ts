/** The sending half of a TCP connection, as far as a prober can tell it from Linux: SACK, RACK, RTO, path MTU. */

import type { DirectionName } from '../../../src/contract.ts';
import { segmentPayload, segmentSize } from '../../../src/wire/header-size.ts';
import type { Carrier } from './network.ts';

interface Segment {
  readonly from: number;
  readonly to: number;
  sacked: boolean;
  sentAt: number;
}

export interface Ack {
  readonly upTo: number;
  readonly sacked: readonly { readonly from: number; readonly to: number }[];
}

/** net/ipv4/tcp.h: TCP_RTO_MIN. */
const SHORTEST_RTO_MS = 200;
/** net.ipv4.tcp_retries1, after which `tcp_mtu_probing` 1 falls to `tcp_base_mss`. */
const RETRIES_BEFORE_PROBING = 3;
const BASE_MSS = 1024;
const TIMESTAMPS = { timestamps: true };

export class TcpSender {
  readonly #carrier: Carrier;
  readonly #direction: DirectionName;
  readonly #flow: number;
  readonly #sack: boolean;
  readonly #discoversItself: boolean;
  readonly #deliver: (from: number, to: number) => void;
  #segments: Segment[] = [];
  #written = 0;
  #upTo = 0;
  #timeouts = 0;
  #timer = 0;
  #open = true;
  pathMtu: number;
  mss: number;
  retransmits = 0;
  sent = 0;
  onChange: () => void = () => undefined;

  constructor(
    carrier: Carrier,
    direction: DirectionName,
    flow: number,
    peer: {
      readonly size: number;
      readonly pathMtu: number;
      readonly sack: boolean;
      readonly discoversItself: boolean;
    },
    deliver: (from: number, to: number) => void,
  ) {
    this.#carrier = carrier;
    this.#direction = direction;
    this.#flow = flow;
    this.#sack = peer.sack;
    this.#discoversItself = peer.discoversItself;
    this.#deliver = deliver;
    this.pathMtu = peer.pathMtu;
    this.mss = segmentPayload(Math.min(peer.size, peer.pathMtu), carrier.family, TIMESTAMPS);
  }

  get acked(): number {
    return this.#upTo;
  }

  get unacked(): number {
    return this.#segments.length;
  }

  get sacked(): number {
    return this.#segments.filter((segment) => segment.sacked).length;
  }

  close(): void {
    this.#open = false;
  }

  write(bytes: number): void {
    const pieces = this.#split(this.#written, this.#written + bytes);
    this.#written += bytes;
    this.#segments.push(...pieces);
    for (const piece of pieces) this.#transmit(piece);
    this.#armTimer();
  }

  onAck(ack: Ack): void {
    if (!this.#open) return;
    const { clock, rttMs } = this.#carrier;
    if (ack.upTo > this.#upTo) this.#timeouts = 0;
    this.#upTo = Math.max(this.#upTo, ack.upTo);
    this.#segments = this.#segments.filter(({ to }) => to > this.#upTo);
    if (this.#sack) {
      for (const segment of this.#segments) {
        segment.sacked ||= ack.sacked.some(({ from, to }) => from <= segment.from && segment.to <= to);
      }
      // RFC 8985 §6.2: a segment is lost a quarter of a round trip after a later one was delivered.
      if (this.sacked > 0) clock.at(clock.now() + rttMs / 4, () => this.#repair());
    }
    this.#armTimer();
    this.onChange();
  }

  onPacketTooBig(mtu: number): void {
    if (!this.#open || mtu >= this.pathMtu) return;
    this.pathMtu = mtu;
    this.#shrink(segmentPayload(mtu, this.#carrier.family, TIMESTAMPS));
    this.onChange();
  }

  #shrink(mss: number): void {
    if (mss >= this.mss) return;
    this.mss = mss;
    const whole = this.#segments.filter((segment) => segment.sacked || segment.to - segment.from <= mss);
    const pieces = this.#segments
      .filter((segment) => !whole.includes(segment))
      .flatMap(({ from, to }) => this.#split(from, to));
    this.#segments = [...whole, ...pieces].sort((a, b) => a.from - b.from);
    for (const piece of pieces) this.#retransmit(piece);
  }

  #repair(): void {
    if (!this.#open) return;
    const latest = Math.max(...this.#segments.filter(({ sacked }) => sacked).map(({ sentAt }) => sentAt));
    for (const segment of this.#segments) if (!segment.sacked && segment.sentAt <= latest) this.#retransmit(segment);
  }

  #armTimer(): void {
    const timer = ++this.#timer;
    if (this.#segments.length === 0 || !this.#open) return;
    const { clock, rttMs } = this.#carrier;
    const rto = (SHORTEST_RTO_MS + rttMs) * 2 ** this.#timeouts;
    clock.at(clock.now() + rto, () => {
      if (timer === this.#timer && this.#open) this.#onTimeout();
    });
  }

  #onTimeout(): void {
    this.#timeouts += 1;
    if (this.#discoversItself && this.#timeouts > RETRIES_BEFORE_PROBING) this.#shrink(BASE_MSS);
    else for (const segment of this.#segments.filter(({ sacked }) => !sacked).slice(0, 1)) this.#retransmit(segment);
    this.#armTimer();
    this.onChange();
  }

  #retransmit(segment: Segment): void {
    this.retransmits += 1;
    // Strictly later than anything delivered by now, so that one repair is one retransmission.
    this.#transmit(segment);
    segment.sentAt += 1e-6;
  }

  #transmit(segment: Segment): void {
    const { clock, family } = this.#carrier;
    segment.sentAt = clock.now();
    this.sent += 1;
    const size = segmentSize(segment.to - segment.from, family, TIMESTAMPS);
    if (size > (this.#carrier.network.tcpLimit ?? Number.POSITIVE_INFINITY)) return;
    const fate = this.#carrier.carry(this.#direction, size, undefined, this.#flow);
    if (fate.kind === 'arrives') clock.at(fate.at, () => this.#deliver(segment.from, segment.to));
    if (fate.kind === 'told') {
      const host = this.#direction === 'forward' ? 'client' : 'server';
      clock.at(fate.at, () => this.onPacketTooBig(this.#carrier.learn(host, fate.nextHopMtu)));
    }
  }

  #split(from: number, to: number): Segment[] {
    const pieces: Segment[] = [];
    for (let at = from; at < to; at += this.mss) {
      pieces.push({ from: at, to: Math.min(to, at + this.mss), sacked: false, sentAt: 0 });
    }
    return pieces;
  }
}
