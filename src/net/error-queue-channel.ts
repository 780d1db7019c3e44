/**
 * A socket that sends datagrams, and on which answers and ICMP errors come in: the latter through its error queue (ip(7),
 * IP_RECVERR), which no event loop reports.
 */

import type { Clock, DatagramChannel, DatagramEvent, DatagramOrder, PathTarget } from '../measure/channel.ts';
import { MalformedPacketError } from '../wire/malformed.ts';
import { pollUntil } from './poll-until.ts';
import { IP_RECVERR, IPPROTO_IP, IPPROTO_IPV6, IPV6_DONTFRAG, IPV6_RECVERR } from './sys/constants.ts';
import { errno } from './sys/errno.ts';
import { type QueuedError, takeQueuedError } from './sys/error-queue.ts';
import { closeSocket, receive, setOption } from './sys/socket.ts';

const LARGEST_PACKET = 65535; // RFC 791 §3.1
const buffer = new Uint8Array(LARGEST_PACKET);
/** Of one poll: a flood of answers does not hold up everything else. */
const MOST_READS = 1024;

/** Errors are queued, and IPv6 packets that are too large are refused and not cut. */
export function queueErrors(fd: number, family: 4 | 6): void {
  if (family === 4) {
    setOption(fd, IPPROTO_IP, IP_RECVERR, 1);
    return;
  }
  setOption(fd, IPPROTO_IPV6, IPV6_DONTFRAG, 1);
  setOption(fd, IPPROTO_IPV6, IPV6_RECVERR, 1);
}

export abstract class ErrorQueueChannel implements DatagramChannel {
  abstract readonly method: DatagramChannel['method'];
  abstract readonly traceless: boolean;
  abstract readonly smallestSize: number;
  readonly limitsHops = false;
  protected readonly path: PathTarget;
  /** What keeps packets from being sent where the kernel does not say it; `null` where it always does. */
  protected readonly ownLimit: number | null = null;
  readonly #clock: Clock;
  #fd: number | null;
  #events: DatagramEvent[] = [];
  #dropped = 0;
  #quietSince: number;

  /** @param fd the channel owns it from here on. */
  constructor(fd: number, path: PathTarget, clock: Clock) {
    this.#fd = fd;
    this.path = path;
    this.#clock = clock;
    this.#quietSince = clock.now();
  }

  send({ id, size }: DatagramOrder): void {
    if (this.#fd === null) return;
    const fd = this.#fd;
    const transmit = this.prepare(fd, { id, size });
    this.#quietSince = this.#clock.now();
    if (transmit() >= 0) return;
    // An error that came in for an earlier probe is reported by the next call, whatever that is; once it is read, the
    // next failure is this probe's own.
    const limit = this.#readErrors(fd);
    const result = limit === null ? transmit() : -errno.EMSGSIZE;
    // It left the socket and was dropped below: by a full queue, or by a link of another MTU (measured, veth, Linux 6.18).
    // With an error queue the socket hears of it; what became of it is a loss like any other.
    if (result >= 0 || result === -errno.ENOBUFS) return;
    const mtu = limit ?? this.#readErrors(fd) ?? this.ownLimit;
    if (result === -errno.EMSGSIZE) this.#events.push({ kind: 'local-limit', id, mtu });
    else this.#events.push({ kind: 'unreachable', id, from: this.path.egress.address });
  }

  async receive(until: number): Promise<readonly DatagramEvent[]> {
    const events = await pollUntil(
      this.#clock,
      until,
      () => this.#quietSince,
      () => this.#poll(),
    );
    if (events.length > 0) this.#quietSince = this.#clock.now();
    return events;
  }

  dropped(): number {
    return this.#dropped;
  }

  close(): void {
    if (this.#fd !== null) closeSocket(this.#fd);
    this.#fd = null;
  }

  /** Makes a probe. @returns what sends it: the bytes taken, or the negative error number. */
  protected abstract prepare(fd: number, probe: DatagramOrder): () => number;

  /** What an answer says; empty when it is to none of ours. @throws MalformedPacketError */
  protected abstract answer(message: Uint8Array): readonly DatagramEvent[];

  /** What an ICMP error says; `null` when it quotes none of ours, or claims what cannot be. @throws MalformedPacketError */
  protected abstract complaint(error: QueuedError): DatagramEvent | null;

  #poll(): DatagramEvent[] {
    if (this.#fd !== null) {
      this.#readErrors(this.#fd);
      this.#readAnswers(this.#fd);
    }
    return this.#events.splice(0);
  }

  #readAnswers(fd: number): void {
    for (let reads = 0; reads < MOST_READS; reads += 1) {
      const length = receive(fd, buffer);
      if (length === -errno.EAGAIN) return;
      // Negative: an error that is on the error queue as well, and is read there.
      if (length >= 0) this.take(() => this.answer(Uint8Array.from(buffer.subarray(0, length))));
      else this.#readErrors(fd);
    }
  }

  /** @returns this host's own limit, when it is among the errors. */
  #readErrors(fd: number): number | null {
    let limit: number | null = null;
    for (let error = takeQueuedError(fd); error !== null; error = takeQueuedError(fd)) {
      const queued = error;
      if (queued.origin === 'local') limit = queued.errno === errno.EMSGSIZE ? queued.mtu : limit;
      else this.take(() => [this.complaint(queued)].filter((event) => event !== null));
    }
    return limit;
  }

  /** Keeps what was read for the next `receive`, and counts what says nothing. */
  protected take(read: () => readonly DatagramEvent[]): void {
    const events = this.#attempt(read);
    if (events.length === 0) this.#dropped += 1;
    this.#events.push(...events);
  }

  #attempt(read: () => readonly DatagramEvent[]): readonly DatagramEvent[] {
    try {
      return read();
    } catch (error) {
      if (error instanceof MalformedPacketError) return [];
      throw error;
    }
  }
}
