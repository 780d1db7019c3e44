/**
 * Questions to a service that answers anybody: DNS on port 53, QUIC on any other. No privilege is needed.
 *
 * Without one, `IP_PMTUDISC_PROBE` sets DF and sends up to the interface's MTU whatever the kernel remembers; it fills the
 * route cache. With CAP_NET_RAW nothing is remembered over IPv4: `IP_PMTUDISC_INTERFACE` hears of a Packet Too Big
 * without learning from it (`ipv4_sk_update_pmtu`, net/ipv4/route.c), and since it clears DF as well, the packets leave
 * through a raw socket with a header of our own. Over IPv6 a socket with that setting would not hear of it at all
 * (`udpv6_err`, net/ipv6/udp.c).
 */

import type { Clock, DatagramChannel, DatagramEvent, DatagramOrder, PathTarget, ProbeId } from '../measure/channel.ts';
import { ipHeaderSize, UDP_HEADER_SIZE } from '../wire/header-size.ts';
import { isPlausibleNextHopMtu } from '../wire/icmp.ts';
import { FAR_ENOUGH, type Ipv4Addresses, ipv4Packet } from '../wire/ip.ts';
import { MalformedPacketError } from '../wire/malformed.ts';
import { UDP_PROTOCOL, udpDatagram } from '../wire/udp.ts';
import { applyBinding, type Binding } from './binding.ts';
import type { DatagramOpening } from './listening-channel.ts';
import { pollUntil } from './poll-until.ts';
import { openRawIcmpSender } from './raw-icmp-sender.ts';
import {
  IP_RECVERR,
  IPPROTO_IP,
  IPPROTO_IPV6,
  IPV6_DONTFRAG,
  IPV6_RECVERR,
  PMTUDISC_INTERFACE,
  PMTUDISC_PROBE,
  SOCK_DGRAM,
} from './sys/constants.ts';
import { errno, errnoName } from './sys/errno.ts';
import { type QueuedError, takeQueuedError } from './sys/error-queue.ts';
import { addressBytes, encodeSockaddr } from './sys/sockaddr.ts';
import {
  closeSocket,
  connect,
  localEndpoint,
  openSocket,
  receive,
  send,
  sendTo,
  setOption,
  setPathMtuDiscovery,
} from './sys/socket.ts';
import { QUIC_PORT, serviceAt, type UdpService } from './udp-services.ts';

const LARGEST_PACKET = 65535; // RFC 791 §3.1
/** Of one poll: a flood of answers does not hold up everything else. */
const MOST_READS = 1024;
const buffer = new Uint8Array(LARGEST_PACKET);

export function openUdpServiceChannel(path: PathTarget, binding: Binding, clock: Clock): DatagramOpening {
  const { family, address, ports } = path;
  const fd = openSocket(family, SOCK_DGRAM, 0);
  if (fd < 0) return { kind: 'refused', reason: `UDP socket: ${errnoName(-fd)}` };
  const sender = family === 4 ? openRawIcmpSender(path, binding) : NO_SENDER;
  try {
    applyBinding(fd, family, binding);
    setPathMtuDiscovery(fd, family, sender < 0 ? PMTUDISC_PROBE : PMTUDISC_INTERFACE);
    if (family === 4) setOption(fd, IPPROTO_IP, IP_RECVERR, 1);
    else {
      setOption(fd, IPPROTO_IPV6, IPV6_DONTFRAG, 1);
      setOption(fd, IPPROTO_IPV6, IPV6_RECVERR, 1);
    }
    const [port = QUIC_PORT] = ports;
    const connected = connect(fd, { address, port });
    if (connected === 0) {
      const service = serviceAt(port);
      return { kind: 'open', channel: new UdpServiceChannel({ fd, sender, port }, path, clock, service) };
    }
    closeAll(fd, sender);
    return { kind: 'refused', reason: `UDP socket: ${errnoName(-connected)}` };
  } catch (error) {
    closeAll(fd, sender);
    throw error;
  }
}

interface Sockets {
  /** Connected to the service; all answers and errors come in here. */
  readonly fd: number;
  /** What the questions leave through; negative where `fd` sends them. */
  readonly sender: number;
  readonly port: number;
}

const NO_SENDER = -1;

function closeAll(fd: number, sender: number): void {
  closeSocket(fd);
  if (sender >= 0) closeSocket(sender);
}

class UdpServiceChannel implements DatagramChannel {
  readonly method: UdpService['method'];
  readonly traceless: boolean;
  readonly limitsHops = false;
  readonly smallestSize: number;
  readonly #path: PathTarget;
  readonly #clock: Clock;
  readonly #service: UdpService;
  readonly #headerSize: number;
  readonly #sizes = new Map<ProbeId, number>();
  readonly #sockets: Sockets;
  readonly #addresses: Ipv4Addresses;
  readonly #sockaddr: Uint8Array;
  readonly #localPort: number;
  #fd: number | null;
  #events: DatagramEvent[] = [];
  #dropped = 0;
  #quietSince: number;

  constructor(sockets: Sockets, path: PathTarget, clock: Clock, service: UdpService) {
    const local = localEndpoint(sockets.fd);
    this.#fd = sockets.fd;
    this.#sockets = sockets;
    this.traceless = sockets.sender >= 0;
    this.#localPort = local.port;
    this.#addresses = { source: addressBytes(local.address), destination: addressBytes(path.address) };
    this.#sockaddr = encodeSockaddr({ address: path.address, port: 0 });
    this.#path = path;
    this.#clock = clock;
    this.#service = service;
    this.method = service.method;
    this.#headerSize = ipHeaderSize(path.family) + UDP_HEADER_SIZE;
    this.smallestSize = this.#headerSize + service.smallest;
    this.#quietSince = clock.now();
  }

  send({ id, size }: DatagramOrder): void {
    if (this.#fd === null) return;
    this.#quietSince = this.#clock.now();
    this.#sizes.set(id, size);
    const question = this.#service.question(id, size - this.#headerSize);
    if (this.#transmit(this.#fd, question) >= 0) return;
    // An error that came in for an earlier probe is reported by the next call, whatever that is.
    const limit = this.#readErrors(this.#fd);
    const result = limit === null ? this.#transmit(this.#fd, question) : -errno.EMSGSIZE;
    if (result >= 0) return;
    const mtu = limit ?? this.#readErrors(this.#fd) ?? this.#path.egress.mtu;
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
    if (this.#fd !== null) closeAll(this.#fd, this.#sockets.sender);
    this.#fd = null;
  }

  /** @returns the bytes taken, or the negative error number. */
  #transmit(fd: number, payload: Uint8Array): number {
    const { sender, port: destinationPort } = this.#sockets;
    if (sender < 0) return send(fd, payload);
    const datagram = udpDatagram({ sourcePort: this.#localPort, destinationPort, payload }, this.#addresses);
    const packet = ipv4Packet(datagram, { protocol: UDP_PROTOCOL, hops: FAR_ENOUGH, ...this.#addresses });
    return sendTo(sender, packet, this.#sockaddr);
  }

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
      if (length < 0) this.#readErrors(fd);
      else this.#take(() => this.#reply(Uint8Array.from(buffer.subarray(0, length))));
    }
  }

  #reply(message: Uint8Array): DatagramEvent | null {
    const id = this.#service.answered(message);
    return id === null || !this.#sizes.has(id) ? null : { kind: 'reply', id, hopsLeft: null };
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

  #error({ errno: cause, mtu, from, payload }: QueuedError): DatagramEvent | null {
    const id = this.#service.quoted(payload);
    const size = id === null ? undefined : this.#sizes.get(id);
    if (id === null || size === undefined || from === null) return null;
    if (cause !== errno.EMSGSIZE) return { kind: 'unreachable', id, from };
    if (!isPlausibleNextHopMtu(mtu, size, this.#path.family)) return null;
    return { kind: 'packet-too-big', quoted: { id }, from, nextHopMtu: mtu };
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
