/**
 * UDP to closed ports without a trace: heard where nobody answers an echo, and over IPv6, where an echo leaves one.
 *
 * Linux asks the socket that sent a UDP packet whether to remember a Packet Too Big for it (`ipv4_sk_update_pmtu`,
 * net/ipv4/route.c; `udpv6_err`, net/ipv6/udp.c), and this one says no (`PMTUDISC_INTERFACE`). Over IPv4 that setting
 * clears DF as well, so that the packets leave through a raw socket with a header of our own. The answers are read from
 * a raw ICMP socket: port unreachable is a reply. Hosts send few of those a second, so that a missing one says nothing.
 */

import type { Clock, DatagramEvent, PathTarget, ProbeId } from '../measure/channel.ts';
import { UDP_HEADER_SIZE } from '../wire/header-size.ts';
import { parseIcmp } from '../wire/icmp.ts';
import { FAR_ENOUGH, ipv4Packet } from '../wire/ip.ts';
import type { QuotedPacket } from '../wire/quoted.ts';
import { UDP_PROTOCOL, udpDatagram } from '../wire/udp.ts';
import { applyBinding, type Binding } from './binding.ts';
import { icmpMessageOf } from './icmp-message.ts';
import { type DatagramOpening, ListeningChannel, type ListeningSetup, type Transmission } from './listening-channel.ts';
import { openRawIcmpSender } from './raw-icmp-sender.ts';
import { IPPROTO_IPV6, IPV6_DONTFRAG, PMTUDISC_INTERFACE, SOCK_DGRAM } from './sys/constants.ts';
import { errnoName } from './sys/errno.ts';
import { addressBytes, encodeSockaddr } from './sys/sockaddr.ts';
import {
  bind,
  closeSocket,
  localEndpoint,
  openSocket,
  sendTo,
  setHops,
  setOption,
  setPathMtuDiscovery,
} from './sys/socket.ts';

/** Where traceroute begins, and firewalls that let it through begin too; each probe has its own port. */
const FIRST_PORT = 33434;
const PORTS = 1024;
const TRACE_PORT = FIRST_PORT + PORTS;

/** @param localPorts ports of our TCP connections on the path. */
export async function openUdpRawChannel(
  path: PathTarget,
  binding: Binding,
  clock: Clock,
  localPorts: ReadonlySet<number>,
): Promise<DatagramOpening> {
  const fd = openSocket(path.family, SOCK_DGRAM, 0);
  if (fd < 0) return { kind: 'refused', reason: `UDP socket: ${errnoName(-fd)}` };
  let sender: number | null = null;
  try {
    applyBinding(fd, path.family, binding);
    setPathMtuDiscovery(fd, path.family, PMTUDISC_INTERFACE);
    if (path.family === 6) setOption(fd, IPPROTO_IPV6, IPV6_DONTFRAG, 1);
    // Nobody else is to use the port; a bound one keeps it whatever it was bound to.
    else if (binding.source === null) bind(fd, { address: path.egress.address, port: 0 });
    sender = path.family === 6 ? null : openRawIcmpSender(path, binding);
    if (sender !== null && sender < 0) {
      closeSocket(fd);
      return { kind: 'refused', reason: `raw socket: ${errnoName(-sender)}` };
    }
  } catch (error) {
    closeSocket(fd);
    throw error;
  }
  return new UdpRawChannel({ fd, path, clock, localPorts }, sender).listen(binding);
}

class UdpRawChannel extends ListeningChannel {
  readonly method = 'udp-raw';
  readonly traceless = true;
  readonly #byPort = new Map<number, ProbeId>();
  /** What IPv4 packets leave through; `null` where the socket itself sends them. */
  #sender: number | null;
  #localPort = 0;

  constructor(setup: ListeningSetup, sender: number | null) {
    super(setup, UDP_HEADER_SIZE);
    this.#sender = sender;
    if (sender !== null) this.#localPort = localEndpoint(setup.fd).port;
  }

  override close(): void {
    super.close();
    if (this.#sender !== null) closeSocket(this.#sender);
    this.#sender = null;
  }

  protected override transmit(fd: number, { id, hops, payload }: Transmission): number {
    // What is traced takes one way: routers that share a load choose by ports.
    const isTraced = hops !== FAR_ENOUGH;
    const port = isTraced ? TRACE_PORT : FIRST_PORT + (id % PORTS);
    if (!isTraced) this.#byPort.set(port, id);
    const { address, egress } = this.path;
    const sockaddr = encodeSockaddr({ address, port: this.#sender === null ? port : 0 });
    if (this.#sender !== null) {
      const addresses = { source: addressBytes(egress.address), destination: addressBytes(address) };
      const datagram = udpDatagram({ sourcePort: this.#localPort, destinationPort: port, payload }, addresses);
      return sendTo(this.#sender, ipv4Packet(datagram, { protocol: UDP_PROTOCOL, hops, ...addresses }), sockaddr);
    }
    setHops(fd, 6, hops);
    const result = sendTo(fd, payload, sockaddr);
    if (this.#localPort === 0) this.#localPort = localEndpoint(fd).port;
    return result;
  }

  /** Every ICMP error of this host comes here. */
  protected override interpret(packet: Uint8Array, source: string): DatagramEvent | null {
    const message = parseIcmp(icmpMessageOf(packet, this.path.family), this.path.family);
    if (message.kind === 'echo-reply' || message.kind === 'other') return null;
    const event = this.probes.error(message, source, (quoted) => this.#probeOf(quoted));
    const isReply = event?.kind === 'unreachable' && message.kind === 'unreachable' && message.why === 'port';
    if (!isReply || !this.probes.isTarget(addressBytes(source))) return event;
    return { kind: 'reply', id: event.id, hopsLeft: null };
  }

  #probeOf(quoted: QuotedPacket): ProbeId | null {
    if (quoted.kind !== 'udp' || quoted.sourcePort !== this.#localPort) return null;
    if (quoted.destinationPort === TRACE_PORT) return this.probes.byToken(quoted.payload);
    return this.#byPort.get(quoted.destinationPort) ?? null;
  }
}
