/**
 * UDP to closed ports over IPv6, without a trace: what an ICMPv6 echo cannot do.
 *
 * Linux asks the socket that sent a UDP packet whether to remember a Packet Too Big for it (`udpv6_err`,
 * net/ipv6/udp.c), and this one says no (`IPV6_PMTUDISC_INTERFACE`). The answers are read from a raw ICMPv6 socket:
 * port unreachable is a reply. Hosts send few of those a second, so that a missing one says nothing.
 */

import type { Clock, DatagramChannel, DatagramEvent, PathTarget, ProbeId } from '../measure/channel.ts';
import { ipHeaderSize, UDP_HEADER_SIZE } from '../wire/header-size.ts';
import { parseIcmp } from '../wire/icmp.ts';
import { MalformedPacketError } from '../wire/malformed.ts';
import type { QuotedPacket } from '../wire/quoted.ts';
import { TOKEN_SIZE } from '../wire/token.ts';
import { applyBinding, type Binding } from './binding.ts';
import { Mailbox } from './mailbox.ts';
import { type DatagramOpening, deviceFor } from './raw-icmp-channel.ts';
import { openRawIcmpListener, type RawIcmpListener } from './raw-icmp-listener.ts';
import { SentProbes } from './sent-probes.ts';
import { IPPROTO_IPV6, IPV6_DONTFRAG, PMTUDISC_INTERFACE, SOCK_DGRAM } from './sys/constants.ts';
import { errno, errnoName } from './sys/errno.ts';
import { addressBytes, encodeSockaddr } from './sys/sockaddr.ts';
import { closeSocket, localEndpoint, openSocket, sendTo, setOption, setPathMtuDiscovery } from './sys/socket.ts';

/** Where traceroute begins, and firewalls that let it through begin too; each probe has its own port. */
const FIRST_PORT = 33434;
const PORTS = 1024;

/** For IPv6 only. @param localPorts ports of our TCP connections on the path. */
export async function openUdpRawChannel(
  path: PathTarget,
  binding: Binding,
  clock: Clock,
  localPorts: ReadonlySet<number>,
): Promise<DatagramOpening> {
  const fd = openSocket(path.family, SOCK_DGRAM, 0);
  if (fd < 0) return { kind: 'refused', reason: `UDP socket: ${errnoName(-fd)}` };
  try {
    applyBinding(fd, path.family, binding);
    setPathMtuDiscovery(fd, path.family, PMTUDISC_INTERFACE);
    setOption(fd, IPPROTO_IPV6, IPV6_DONTFRAG, 1);
    const channel = new UdpRawChannel(fd, path, clock, localPorts);
    const opening = await openRawIcmpListener(path.family, deviceFor(path, binding), (packet, source) =>
      channel.onPacket(packet, source),
    );
    if (opening.kind === 'refused') {
      closeSocket(fd);
      return opening;
    }
    channel.use(opening.listener);
    return { kind: 'open', channel };
  } catch (error) {
    closeSocket(fd);
    throw error;
  }
}

class UdpRawChannel implements DatagramChannel {
  readonly method = 'udp-raw';
  readonly traceless = true;
  readonly smallestSize: number;
  readonly #path: PathTarget;
  readonly #headerSize: number;
  readonly #mailbox: Mailbox<DatagramEvent>;
  readonly #probes: SentProbes;
  readonly #byPort = new Map<number, ProbeId>();
  #fd: number | null;
  #listener: RawIcmpListener | null = null;
  #localPort = 0;
  #dropped = 0;

  constructor(fd: number, path: PathTarget, clock: Clock, localPorts: ReadonlySet<number>) {
    this.#fd = fd;
    this.#path = path;
    this.#headerSize = ipHeaderSize(path.family) + UDP_HEADER_SIZE;
    this.smallestSize = this.#headerSize + TOKEN_SIZE;
    this.#mailbox = new Mailbox(clock);
    this.#probes = new SentProbes(path, localPorts);
  }

  use(listener: RawIcmpListener): void {
    this.#listener = listener;
  }

  send({ id, size }: { readonly id: ProbeId; readonly size: number }): void {
    if (this.#fd === null) return;
    const { address, egress } = this.#path;
    const port = FIRST_PORT + (id % PORTS);
    this.#byPort.set(port, id);
    const payload = this.#probes.payload(id, size, this.#headerSize);
    const result = sendTo(this.#fd, payload, encodeSockaddr({ address, port }));
    if (this.#localPort === 0) this.#localPort = localEndpoint(this.#fd).port;
    if (result === -errno.EMSGSIZE) this.#mailbox.put({ kind: 'local-limit', id, mtu: egress.mtu });
    else if (result < 0) this.#mailbox.put({ kind: 'unreachable', id, from: egress.address });
  }

  receive(until: number): Promise<readonly DatagramEvent[]> {
    return this.#mailbox.take(until);
  }

  dropped(): number {
    return this.#dropped;
  }

  close(): void {
    if (this.#fd !== null) closeSocket(this.#fd);
    this.#fd = null;
    this.#listener?.close();
    this.#listener = null;
  }

  /** Every ICMPv6 error of this host comes here. */
  onPacket(message: Uint8Array, source: string): void {
    this.#mailbox.noteRead();
    const event = this.#read(message, source);
    if (event === null) this.#dropped += 1;
    else this.#mailbox.put(event);
  }

  #read(bytes: Uint8Array, source: string): DatagramEvent | null {
    try {
      const message = parseIcmp(bytes, this.#path.family);
      if (message.kind !== 'packet-too-big' && message.kind !== 'unreachable') return null;
      const event = this.#probes.error(message, source, (quoted) => this.#probeOf(quoted));
      const isReply = event?.kind === 'unreachable' && message.kind === 'unreachable' && message.why === 'port';
      if (!isReply || !this.#probes.isTarget(addressBytes(source))) return event;
      return { kind: 'reply', id: event.id };
    } catch (error) {
      if (error instanceof MalformedPacketError) return null;
      throw error;
    }
  }

  #probeOf(quoted: QuotedPacket): ProbeId | null {
    if (quoted.kind !== 'udp' || quoted.sourcePort !== this.#localPort) return null;
    return this.#byPort.get(quoted.destinationPort) ?? null;
  }
}
