/**
 * Echo requests through a ping socket, which needs no privilege where `net.ipv4.ping_group_range` names a group of
 * this process (icmp(7)).
 *
 * `IP_PMTUDISC_PROBE` sets DF and sends up to the interface's MTU whatever the kernel remembers, so one Packet Too Big
 * does not hide what lies below it. It fills the route cache all the same, as `DO` does; `INTERFACE` would not, but
 * sends without DF.
 */

import type { Clock, DatagramChannel, DatagramEvent, PathTarget, ProbeId } from '../measure/channel.ts';
import { ICMP_ECHO_HEADER_SIZE, ipHeaderSize } from '../wire/header-size.ts';
import { echoRequest, parseEcho } from '../wire/icmp.ts';
import { MalformedPacketError } from '../wire/malformed.ts';
import { TOKEN_SIZE } from '../wire/token.ts';
import { applyBinding, type Binding } from './binding.ts';
import type { DatagramOpening } from './listening-channel.ts';
import { pollUntil } from './poll-until.ts';
import { SentProbes, sequenceOf } from './sent-probes.ts';
import {
  IP_RECVERR,
  IPPROTO_ICMP,
  IPPROTO_ICMPV6,
  IPPROTO_IP,
  IPPROTO_IPV6,
  IPV6_DONTFRAG,
  IPV6_RECVERR,
  PMTUDISC_PROBE,
  SOCK_DGRAM,
} from './sys/constants.ts';
import { errno, errnoName } from './sys/errno.ts';
import { type QueuedError, takeQueuedError } from './sys/error-queue.ts';
import { encodeSockaddr } from './sys/sockaddr.ts';
import { closeSocket, openSocket, receive, sendTo, setOption, setPathMtuDiscovery } from './sys/socket.ts';

export function openPingSocketChannel(path: PathTarget, binding: Binding, clock: Clock): DatagramOpening {
  const { family } = path;
  const fd = openSocket(family, SOCK_DGRAM, family === 4 ? IPPROTO_ICMP : IPPROTO_ICMPV6);
  if (fd === -errno.EACCES) {
    return { kind: 'refused', reason: 'ping sockets need a group of this process in net.ipv4.ping_group_range' };
  }
  if (fd < 0) return { kind: 'refused', reason: `ping socket: ${errnoName(-fd)}` };
  try {
    applyBinding(fd, family, binding);
    setPathMtuDiscovery(fd, family, PMTUDISC_PROBE);
    if (family === 4) setOption(fd, IPPROTO_IP, IP_RECVERR, 1);
    else {
      setOption(fd, IPPROTO_IPV6, IPV6_DONTFRAG, 1);
      setOption(fd, IPPROTO_IPV6, IPV6_RECVERR, 1);
    }
  } catch (error) {
    closeSocket(fd);
    throw error;
  }
  return { kind: 'open', channel: new PingSocketChannel(fd, path, clock) };
}

const LARGEST_PACKET = 65535; // RFC 791 §3.1
const buffer = new Uint8Array(LARGEST_PACKET);
/** Of one poll: a flood of answers does not hold up everything else. */
const MOST_READS = 1024;

class PingSocketChannel implements DatagramChannel {
  readonly method = 'icmp-ping';
  readonly traceless = false;
  readonly limitsHops = false;
  readonly smallestSize: number;
  readonly #path: PathTarget;
  readonly #clock: Clock;
  readonly #headerSize: number;
  readonly #sockaddr: Uint8Array;
  readonly #probes: SentProbes;
  #fd: number | null;
  #events: DatagramEvent[] = [];
  #dropped = 0;
  #quietSince: number;

  constructor(fd: number, path: PathTarget, clock: Clock) {
    this.#fd = fd;
    this.#path = path;
    this.#clock = clock;
    this.#headerSize = ipHeaderSize(path.family) + ICMP_ECHO_HEADER_SIZE;
    this.smallestSize = this.#headerSize + TOKEN_SIZE;
    this.#sockaddr = encodeSockaddr({ address: path.address, port: 0 });
    this.#probes = new SentProbes(path, new Set());
    this.#quietSince = clock.now();
  }

  send({ id, size }: { readonly id: ProbeId; readonly size: number }): void {
    const payload = this.#probes.payload(id, size, this.#headerSize);
    // The kernel writes the identifier: it is how it finds this socket again.
    const echo = echoRequest({ identifier: 0, sequence: sequenceOf(id), payload }, this.#path.family);
    this.#quietSince = this.#clock.now();
    if (this.#fd === null || sendTo(this.#fd, echo, this.#sockaddr) >= 0) return;
    // An error that came in for an earlier probe is reported by the next call, whatever that is; once it is read, the
    // next failure is this probe's own.
    const limit = this.#readErrors(this.#fd);
    const result = limit === null ? sendTo(this.#fd, echo, this.#sockaddr) : -errno.EMSGSIZE;
    if (result >= 0) return;
    const mtu = limit ?? this.#readErrors(this.#fd);
    if (result === -errno.EMSGSIZE) this.#events.push({ kind: 'local-limit', id, mtu });
    else this.#events.push({ kind: 'unreachable', id, from: this.#path.egress.address });
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

  #poll(): DatagramEvent[] {
    if (this.#fd !== null) {
      this.#readErrors(this.#fd);
      this.#readReplies(this.#fd);
    }
    const events = this.#events;
    this.#events = [];
    return events;
  }

  #readReplies(fd: number): void {
    for (let reads = 0; reads < MOST_READS; reads += 1) {
      const length = receive(fd, buffer);
      if (length === -errno.EAGAIN) return;
      // Negative: an error that is on the error queue as well, and is read there.
      if (length >= 0) this.#take(() => this.#reply(buffer.subarray(0, length)));
      else this.#readErrors(fd);
    }
  }

  #reply(message: Uint8Array): DatagramEvent | null {
    // The kernel gives replies only, and only those to this socket's identifier.
    const { sequence, payload } = parseEcho(message);
    const match = this.#probes.match(sequence, payload);
    return match === null ? null : { kind: 'reply', id: match.id, hopsLeft: null };
  }

  /** @returns this host's own limit, when it is among the errors. */
  #readErrors(fd: number): number | null {
    let limit: number | null = null;
    for (let error = takeQueuedError(fd); error !== null; error = takeQueuedError(fd)) {
      const queued = error;
      if (queued.origin === 'local') limit = queued.errno === errno.EMSGSIZE ? queued.mtu : limit;
      else this.#take(() => this.#error(queued));
    }
    return limit;
  }

  #error({ errno: cause, mtu, from, payload: quote }: QueuedError): DatagramEvent | null {
    const { sequence, payload } = parseEcho(quote);
    const match = this.#probes.match(sequence, payload);
    if (match === null || from === null) return null;
    if (cause === errno.EMSGSIZE) return this.#probes.tooBig(match.id, mtu, from);
    return { kind: 'unreachable', id: match.id, from };
  }

  #take(read: () => DatagramEvent | null): void {
    const event = this.#attempt(read);
    if (event === null) this.#dropped += 1;
    else this.#events.push(event);
  }

  #attempt(read: () => DatagramEvent | null): DatagramEvent | null {
    try {
      return read();
    } catch (error) {
      if (error instanceof MalformedPacketError) return null;
      throw error;
    }
  }
}
