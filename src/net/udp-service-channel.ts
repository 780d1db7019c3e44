/**
 * Questions to a service that answers anybody: DNS on port 53, QUIC on any other. No privilege is needed.
 *
 * Without one, `IP_PMTUDISC_PROBE` sets DF and sends up to the interface's MTU whatever the kernel remembers; it fills the
 * route cache. With CAP_NET_RAW nothing is remembered over IPv4: `IP_PMTUDISC_INTERFACE` hears of a Packet Too Big
 * without learning from it (`ipv4_sk_update_pmtu`, net/ipv4/route.c), and since it clears DF as well, the packets leave
 * through a raw socket with a header of our own. Over IPv6 a socket with that setting would not hear of it at all
 * (`udpv6_err`, net/ipv6/udp.c).
 */

import type { Clock, DatagramEvent, DatagramOrder, PathTarget, ProbeId } from '../measure/channel.ts';
import { ipHeaderSize, UDP_HEADER_SIZE } from '../wire/header-size.ts';
import { isPlausibleNextHopMtu } from '../wire/icmp.ts';
import { FAR_ENOUGH, type Ipv4Addresses, ipv4Packet } from '../wire/ip.ts';
import { UDP_PROTOCOL, udpDatagram } from '../wire/udp.ts';
import { applyBinding, type Binding } from './binding.ts';
import { ErrorQueueChannel, queueErrors } from './error-queue-channel.ts';
import type { DatagramOpening } from './listening-channel.ts';
import { openRawIcmpSender } from './raw-icmp-sender.ts';
import { PMTUDISC_INTERFACE, PMTUDISC_PROBE, SOCK_DGRAM } from './sys/constants.ts';
import { errno, errnoName } from './sys/errno.ts';
import type { QueuedError } from './sys/error-queue.ts';
import { addressBytes, encodeSockaddr } from './sys/sockaddr.ts';
import { closeSocket, connect, localEndpoint, openSocket, send, sendTo, setPathMtuDiscovery } from './sys/socket.ts';
import { QUIC_PORT, serviceAt, type UdpService } from './udp-services.ts';

export type UdpOpening =
  | { readonly kind: 'open'; readonly sockets: UdpSockets }
  /** `reason` is one phrase for people. */
  | { readonly kind: 'refused'; readonly reason: string };

export interface UdpSockets {
  /** Connected to the service; all answers and errors come in here. */
  readonly fd: number;
  /** What the questions leave through; negative where `fd` sends them. */
  readonly sender: number;
  readonly port: number;
}

const NO_SENDER = -1;

export function openUdpServiceChannel(path: PathTarget, binding: Binding, clock: Clock): DatagramOpening {
  const [port = QUIC_PORT] = path.ports;
  const opening = openUdpSockets(path, port, binding);
  if (opening.kind === 'refused') return opening;
  return { kind: 'open', channel: new UdpServiceChannel(opening.sockets, path, clock, serviceAt(port)) };
}

/**
 * Whoever gets them closes them.
 *
 * @param traceless by the best means that this process has, and not only by what anybody has.
 */
export function openUdpSockets(path: PathTarget, port: number, binding: Binding, traceless = true): UdpOpening {
  const { family, address } = path;
  const fd = openSocket(family, SOCK_DGRAM, 0);
  if (fd < 0) return { kind: 'refused', reason: `UDP socket: ${errnoName(-fd)}` };
  const sender = traceless && family === 4 ? openRawIcmpSender(path, binding) : NO_SENDER;
  try {
    applyBinding(fd, family, binding);
    setPathMtuDiscovery(fd, family, sender < 0 ? PMTUDISC_PROBE : PMTUDISC_INTERFACE);
    queueErrors(fd, family);
    const connected = connect(fd, { address, port });
    if (connected === 0) return { kind: 'open', sockets: { fd, sender, port } };
    closeUdpSockets({ fd, sender });
    return { kind: 'refused', reason: `UDP socket: ${errnoName(-connected)}` };
  } catch (error) {
    closeUdpSockets({ fd, sender });
    throw error;
  }
}

export function closeUdpSockets({ fd, sender }: Pick<UdpSockets, 'fd' | 'sender'>): void {
  closeSocket(fd);
  if (sender >= 0) closeSocket(sender);
}

export class UdpServiceChannel extends ErrorQueueChannel {
  readonly method: UdpService['method'];
  readonly traceless: boolean;
  readonly smallestSize: number;
  protected override readonly ownLimit: number;
  readonly #service: UdpService;
  readonly #headerSize: number;
  readonly #sizes = new Map<ProbeId, number>();
  readonly #sockets: UdpSockets;
  readonly #addresses: Ipv4Addresses;
  readonly #sockaddr: Uint8Array;
  protected readonly localPort: number;
  #isClosed = false;

  constructor(
    sockets: UdpSockets,
    path: PathTarget,
    clock: Clock,
    service: UdpService,
    traceless = sockets.sender >= 0,
  ) {
    super(sockets.fd, path, clock);
    // Whatever it leaves through, only the interface limits it.
    this.ownLimit = path.egress.mtu;
    const local = localEndpoint(sockets.fd);
    this.#sockets = sockets;
    this.traceless = traceless;
    this.localPort = local.port;
    this.#addresses = { source: addressBytes(local.address), destination: addressBytes(path.address) };
    this.#sockaddr = encodeSockaddr({ address: path.address, port: 0 });
    this.#service = service;
    this.method = service.method;
    this.#headerSize = ipHeaderSize(path.family) + UDP_HEADER_SIZE;
    this.smallestSize = this.#headerSize + service.smallest;
  }

  override close(): void {
    super.close();
    if (!this.#isClosed && this.#sockets.sender >= 0) closeSocket(this.#sockets.sender);
    this.#isClosed = true;
  }

  refusal(): string | null {
    return this.#service.refusal?.() ?? null;
  }

  protected override prepare(fd: number, { id, size }: DatagramOrder): () => number {
    this.#sizes.set(id, size);
    const payload = this.#service.question(id, size - this.#headerSize);
    const { sender, port: destinationPort } = this.#sockets;
    if (sender < 0) return () => send(fd, payload);
    const datagram = udpDatagram({ sourcePort: this.localPort, destinationPort, payload }, this.#addresses);
    const packet = ipv4Packet(datagram, { protocol: UDP_PROTOCOL, hops: FAR_ENOUGH, ...this.#addresses });
    return () => sendTo(sender, packet, this.#sockaddr);
  }

  protected override answer(message: Uint8Array): readonly DatagramEvent[] {
    return this.#service.answered(message).filter((event) => !('id' in event) || this.#sizes.has(event.id));
  }

  protected override complaint({ errno: cause, mtu, from, payload }: QueuedError): DatagramEvent | null {
    const id = this.#service.quoted(payload);
    const size = id === null ? undefined : this.#sizes.get(id);
    if (id === null || size === undefined || from === null) return null;
    if (cause !== errno.EMSGSIZE) return { kind: 'unreachable', id, from };
    if (!isPlausibleNextHopMtu(mtu, size, this.path.family)) return null;
    return { kind: 'packet-too-big', quoted: { id }, from, nextHopMtu: mtu };
  }
}
