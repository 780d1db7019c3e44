/** One UDP socket of the responder: takes what came in, sends what the rule says. */

import ipaddr from 'ipaddr.js';
import type { Family } from '../contract.ts';
import { type ArrivedDatagram, type OwnEnd, receiveDatagram, sendDatagram } from '../net/sys/datagram-socket.ts';
import { errno } from '../net/sys/errno.ts';
import { takeQueuedError } from '../net/sys/error-queue.ts';
import { readSockaddr } from '../net/sys/sockaddr.ts';
import { datagramLength } from '../wire/responder.ts';
import { type Answer, encodeAnswer } from '../wire/responder-answer.ts';
import type { Reply, ReplyParts, ReplyRule } from './reply.ts';
import type { Sender } from './sender.ts';
import { tell } from './told.ts';

/** Of one turn of the event loop: a flood does not keep TCP, signals and timers from their turn. */
const MOST_READS = 64;
/** What the kernel does not take at once: a few waves. More is dropped, and counted. */
const MOST_WAITING = 256;

interface Outgoing {
  readonly reply: Reply;
  readonly own: OwnEnd;
  /** `struct sockaddr`. */
  readonly to: Uint8Array;
}

export class UdpServer {
  readonly fd: number;
  readonly #family: Family;
  readonly #rule: ReplyRule;
  readonly #parts: ReplyParts;
  #waiting: Outgoing[] = [];

  constructor(fd: number, family: Family, rule: ReplyRule, parts: ReplyParts) {
    this.fd = fd;
    this.#family = family;
    this.#rule = rule;
    this.#parts = parts;
  }

  /** Whether something is to be sent as soon as the kernel takes it. */
  get isWaiting(): boolean {
    return this.#waiting.length > 0;
  }

  /** One turn. */
  turn(now: number): void {
    for (const outgoing of this.#waiting.splice(0)) this.#send(outgoing, now);
    this.#readErrors(now);
    for (let reads = 0; reads < MOST_READS; reads += 1) {
      const arrived = receiveDatagram(this.fd, this.#family);
      if (arrived === -errno.EAGAIN) return;
      // Negative: an error that is on the error queue as well.
      if (typeof arrived === 'number') this.#readErrors(now);
      else this.#answer(arrived, now);
    }
  }

  #answer(arrived: ArrivedDatagram, now: number): void {
    const sender = readSockaddr(arrived.from);
    // Who asks many at once would be answered by many. Nothing has port 0 (RFC 768: no port to reply to).
    if (sender === null || sender.port === 0 || arrived.toMany) {
      this.#parts.counters.malformed += 1;
      return;
    }
    const { bytes: datagram, hops, largestFragment, to, interfaceIndex } = arrived;
    const own = { to, interfaceIndex };
    const replies = this.#rule.reply({ datagram, sender, own, hops, largestFragment }, now);
    for (const reply of replies) this.#send({ reply, own, to: arrived.from }, now);
  }

  #send(outgoing: Outgoing, now: number): void {
    const result = this.#transmit(outgoing);
    if (result >= 0) return;
    // An error that came in for an earlier datagram is reported by the next call, whatever that is; once it is read, the
    // next failure is this one's own.
    const limit = this.#readErrors(now);
    const again = limit === null ? this.#transmit(outgoing) : -errno.EMSGSIZE;
    if (again >= 0) return;
    if (again === -errno.EAGAIN && this.#waiting.length < MOST_WAITING) {
      this.#waiting.push(outgoing);
      return;
    }
    const { reply, to } = outgoing;
    const mtu = limit ?? this.#readErrors(now) ?? this.#interfaceMtu(to, now);
    if (again === -errno.EMSGSIZE && reply.answer.kind === 'data' && mtu !== null) {
      this.#parts.counters.limited += 1;
      const answer: Answer = { kind: 'limit', id: reply.answer.id, mtu };
      this.#transmit({ ...outgoing, reply: { ...reply, answer, size: null } });
    } else this.#parts.counters.unsent += 1;
  }

  #transmit({ reply, own, to }: Outgoing): number {
    const length = reply.size === null ? 0 : datagramLength(reply.size, this.#family);
    return sendDatagram(this.fd, encodeAnswer(reply, reply.answer, length, this.#parts.mac), own, to);
  }

  #interfaceMtu(to: Uint8Array, now: number): number | null {
    const sender = readSockaddr(to);
    return sender === null ? null : (this.#parts.egress(sender, now)?.interfaceMtu ?? null);
  }

  /** Tells clients what is on the error queue. @returns this host's own limit, when that is there as well. */
  #readErrors(now: number): number | null {
    let limit: number | null = null;
    for (let reads = 0; reads < MOST_READS; reads += 1) {
      const error = takeQueuedError(this.fd);
      if (error === null) break;
      if (error.errno !== errno.EMSGSIZE) continue;
      const to = readSockaddr(error.to);
      if (error.origin === 'local') limit = error.mtu;
      else if (to !== null && error.from !== null) this.#tell(to, error.from, error.mtu, error.payload, error.to, now);
    }
    return limit;
  }

  #tell(to: Sender, from: string, nextHopMtu: number, quote: Uint8Array, sockaddr: Uint8Array, now: number): void {
    const router = Uint8Array.from(ipaddr.parse(from).toByteArray());
    const told = tell({ to, from: router, nextHopMtu, quote }, this.#parts, now);
    if (told !== null) this.#transmit({ reply: told.reply, own: told.client.own, to: sockaddr });
  }
}
