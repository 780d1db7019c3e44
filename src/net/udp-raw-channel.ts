/**
 * UDP to closed ports over IPv6, without a trace: what an ICMPv6 echo cannot do.
 *
 * Linux asks the socket that sent a UDP packet whether to remember a Packet Too Big for it (`udpv6_err`,
 * net/ipv6/udp.c), and this one says no (`IPV6_PMTUDISC_INTERFACE`). The answers are read from a raw ICMPv6 socket:
 * port unreachable is a reply. Hosts send few of those a second, so that a missing one says nothing.
 */

import type { Clock, DatagramEvent, PathTarget, ProbeId } from '../measure/channel.ts';
import { UDP_HEADER_SIZE } from '../wire/header-size.ts';
import { parseIcmp } from '../wire/icmp.ts';
import type { QuotedPacket } from '../wire/quoted.ts';
import { applyBinding, type Binding } from './binding.ts';
import { type DatagramOpening, ListeningChannel, type ListeningSetup } from './listening-channel.ts';
import { IPPROTO_IPV6, IPV6_DONTFRAG, PMTUDISC_INTERFACE, SOCK_DGRAM } from './sys/constants.ts';
import { errnoName } from './sys/errno.ts';
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
  } catch (error) {
    closeSocket(fd);
    throw error;
  }
  return new UdpRawChannel({ fd, path, clock, localPorts }).listen(binding);
}

class UdpRawChannel extends ListeningChannel {
  readonly method = 'udp-raw';
  readonly traceless = true;
  readonly #byPort = new Map<number, ProbeId>();
  #localPort = 0;

  constructor(setup: ListeningSetup) {
    super(setup, UDP_HEADER_SIZE);
  }

  protected override transmit(fd: number, id: ProbeId, payload: Uint8Array): number {
    const port = FIRST_PORT + (id % PORTS);
    this.#byPort.set(port, id);
    const result = sendTo(fd, payload, encodeSockaddr({ address: this.path.address, port }));
    if (this.#localPort === 0) this.#localPort = localEndpoint(fd).port;
    return result;
  }

  /** Every ICMPv6 error of this host comes here. */
  protected override interpret(packet: Uint8Array, source: string): DatagramEvent | null {
    const message = parseIcmp(packet, this.path.family);
    if (message.kind !== 'packet-too-big' && message.kind !== 'unreachable') return null;
    const event = this.probes.error(message, source, (quoted) => this.#probeOf(quoted));
    const isReply = event?.kind === 'unreachable' && message.kind === 'unreachable' && message.why === 'port';
    if (!isReply || !this.probes.isTarget(addressBytes(source))) return event;
    return { kind: 'reply', id: event.id };
  }

  #probeOf(quoted: QuotedPacket): ProbeId | null {
    if (quoted.kind !== 'udp' || quoted.sourcePort !== this.#localPort) return null;
    return this.#byPort.get(quoted.destinationPort) ?? null;
  }
}
