/**
 * The way back from a responder: what it is asked to send arrives, or it says that its own host refused it, or that it
 * was sent a Packet Too Big. All that is to be sent at once goes into one request.
 */

import type { Clock, DatagramChannel, DatagramEvent, DatagramOrder, PathTarget, ProbeId } from '../measure/channel.ts';
import { isPlausibleNextHopMtu } from '../wire/icmp.ts';
import { MalformedPacketError } from '../wire/malformed.ts';
import { datagramLength, MOST_WAVE_PACKETS, SMALLEST_REQUEST, smallestData } from '../wire/responder.ts';
import type { Answer } from '../wire/responder-answer.ts';
import { pollUntil } from './poll-until.ts';
import { refusalOf } from './responder-refusal.ts';
import type { ResponderSession } from './responder-session.ts';
import { errno } from './sys/errno.ts';
import { takeQueuedError } from './sys/error-queue.ts';
import { type Pieced, receivePieced, watchFragments } from './sys/fragments.ts';
import { addressText } from './sys/sockaddr.ts';
import { closeSocket, send } from './sys/socket.ts';

/** Of one poll: a flood of answers does not hold up everything else. */
const MOST_READS = 1024;

export class ResponderReverseChannel implements DatagramChannel {
  readonly method = 'udp-responder';
  readonly direction = 'reverse';
  /** The responder's host remembers what it was told. */
  readonly traceless = false;
  readonly limitsHops = false;
  readonly smallestSize: number;
  readonly #path: PathTarget;
  readonly #session: ResponderSession;
  readonly #clock: Clock;
  readonly #sizes = new Map<ProbeId, number>();
  #fd: number | null;
  #waiting: DatagramOrder[] = [];
  #dropped = 0;
  #refusal: string | null = null;
  #quietSince: number;

  /** @param fd connected to the responder, which has been greeted; the channel owns it from here on. */
  constructor(fd: number, path: PathTarget, session: ResponderSession, clock: Clock) {
    this.#fd = fd;
    this.#path = path;
    this.#session = session;
    this.#clock = clock;
    this.#quietSince = clock.now();
    watchFragments(fd, path.family);
    this.smallestSize = smallestData(path.family);
  }

  send(order: DatagramOrder): void {
    this.#sizes.set(order.id, order.size);
    this.#waiting.push(order);
  }

  async receive(until: number): Promise<readonly DatagramEvent[]> {
    this.#ask();
    const events = await pollUntil(
      this.#clock,
      until,
      () => this.#quietSince,
      () => this.#poll(),
    );
    if (events.length > 0) this.#quietSince = this.#clock.now();
    return events;
  }

  refusal(): string | null {
    return this.#refusal;
  }

  dropped(): number {
    return this.#dropped;
  }

  close(): void {
    if (this.#fd !== null) closeSocket(this.#fd);
    this.#fd = null;
  }

  #ask(): void {
    if (this.#fd === null || this.#waiting.length === 0) return;
    if (this.#session.takeRenewal()) send(this.#fd, this.#session.hello());
    for (let packets = this.#waiting.splice(0, MOST_WAVE_PACKETS); packets.length > 0; ) {
      send(this.#fd, this.#session.request({ kind: 'wave', packets }, SMALLEST_REQUEST));
      packets = this.#waiting.splice(0, MOST_WAVE_PACKETS);
    }
    this.#quietSince = this.#clock.now();
  }

  #poll(): DatagramEvent[] {
    const events: DatagramEvent[] = [];
    for (let reads = 0; this.#fd !== null && reads < MOST_READS; reads += 1) {
      const received = receivePieced(this.#fd, this.#path.family);
      if (received === -errno.EAGAIN) break;
      if (typeof received === 'number') {
        // What an earlier request met; that none of what it asked for comes says as much.
        for (let error = takeQueuedError(this.#fd); error !== null; error = takeQueuedError(this.#fd));
        continue;
      }
      const said = this.#interpret(received);
      if (said.length === 0) this.#dropped += 1;
      events.push(...said);
    }
    return events;
  }

  #interpret(received: Pieced): readonly DatagramEvent[] {
    try {
      const answer = this.#session.read(received.bytes);
      return answer === null ? [] : this.#eventsOf(answer, received);
    } catch (error) {
      if (error instanceof MalformedPacketError) return [];
      throw error;
    }
  }

  #eventsOf(answer: Answer, { bytes, largestFragment }: Pieced): readonly DatagramEvent[] {
    // Which of them it did not send is not said.
    if (answer.kind === 'error') {
      this.#refusal = refusalOf(answer);
      return [...this.#sizes.keys()].map((id) => this.#unknown(id));
    }
    const size = 'id' in answer ? this.#sizes.get(answer.id) : undefined;
    if (size === undefined) return [];
    switch (answer.kind) {
      case 'data':
        if (bytes.byteLength !== datagramLength(size, this.#path.family)) return [];
        return [
          { kind: 'reply', id: answer.id, hopsLeft: null, ...(largestFragment === null ? {} : { largestFragment }) },
        ];
      case 'limit':
        return answer.mtu < size ? [{ kind: 'local-limit', id: answer.id, mtu: answer.mtu }] : [];
      case 'told': {
        const { id, nextHopMtu } = answer;
        if (!isPlausibleNextHopMtu(nextHopMtu, size, this.#path.family)) return [];
        return [{ kind: 'packet-too-big', quoted: { id }, from: addressText(answer.from), nextHopMtu }];
      }
      default:
        return [];
    }
  }

  #unknown(id: ProbeId): DatagramEvent {
    return { kind: 'unreachable', id, from: this.#path.address };
  }
}
