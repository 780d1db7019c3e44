/**
 * Echo requests through a ping socket, which needs no privilege where `net.ipv4.ping_group_range` names a group of
 * this process (icmp(7)).
 *
 * `IP_PMTUDISC_PROBE` sets DF and sends up to the interface's MTU whatever the kernel remembers, so one Packet Too Big
 * does not hide what lies below it. It fills the route cache all the same, as `DO` does; `INTERFACE` would not, but
 * sends without DF.
 */

import type { Clock, DatagramEvent, DatagramOrder, PathTarget } from '../measure/channel.ts';
import { ICMP_ECHO_HEADER_SIZE, ipHeaderSize } from '../wire/header-size.ts';
import { echoRequest, parseEcho } from '../wire/icmp.ts';
import { TOKEN_SIZE } from '../wire/token.ts';
import { applyBinding, type Binding } from './binding.ts';
import { ErrorQueueChannel, queueErrors } from './error-queue-channel.ts';
import type { DatagramOpening } from './listening-channel.ts';
import { SentProbes, sequenceOf } from './sent-probes.ts';
import { IPPROTO_ICMP, IPPROTO_ICMPV6, PMTUDISC_PROBE, SOCK_DGRAM } from './sys/constants.ts';
import { errno, errnoName } from './sys/errno.ts';
import type { QueuedError } from './sys/error-queue.ts';
import { encodeSockaddr } from './sys/sockaddr.ts';
import { closeSocket, openSocket, sendTo, setPathMtuDiscovery } from './sys/socket.ts';

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
    queueErrors(fd, family);
  } catch (error) {
    closeSocket(fd);
    throw error;
  }
  return { kind: 'open', channel: new PingSocketChannel(fd, path, clock) };
}

class PingSocketChannel extends ErrorQueueChannel {
  readonly method = 'icmp-ping';
  readonly traceless = false;
  readonly smallestSize: number;
  readonly #headerSize: number;
  readonly #sockaddr: Uint8Array;
  readonly #probes: SentProbes;

  constructor(fd: number, path: PathTarget, clock: Clock) {
    super(fd, path, clock);
    this.#headerSize = ipHeaderSize(path.family) + ICMP_ECHO_HEADER_SIZE;
    this.smallestSize = this.#headerSize + TOKEN_SIZE;
    this.#sockaddr = encodeSockaddr({ address: path.address, port: 0 });
    this.#probes = new SentProbes(path, new Set());
  }

  protected override prepare(fd: number, { id, size }: DatagramOrder): () => number {
    const payload = this.#probes.payload(id, size, this.#headerSize);
    // The kernel writes the identifier: it is how it finds this socket again.
    const echo = echoRequest({ identifier: 0, sequence: sequenceOf(id), payload }, this.path.family);
    return () => sendTo(fd, echo, this.#sockaddr);
  }

  protected override answer(message: Uint8Array): readonly DatagramEvent[] {
    // The kernel gives replies only, and only those to this socket's identifier.
    const { sequence, payload } = parseEcho(message);
    const match = this.#probes.match(sequence, payload);
    return match === null ? [] : [{ kind: 'reply', id: match.id, hopsLeft: null }];
  }

  protected override complaint({ errno: cause, mtu, from, payload: quote }: QueuedError): DatagramEvent | null {
    const { sequence, payload } = parseEcho(quote);
    const match = this.#probes.match(sequence, payload);
    if (match === null || from === null) return null;
    if (cause === errno.EMSGSIZE) return this.#probes.tooBig(match.id, mtu, from);
    return { kind: 'unreachable', id: match.id, from };
  }
}
