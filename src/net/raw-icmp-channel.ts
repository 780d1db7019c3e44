/**
 * Echo requests through a raw socket.
 *
 * IPv4: with our own IP header, DF set, and without a trace: a Packet Too Big is heard and not remembered. IPv6: the
 * kernel remembers every Packet Too Big that quotes an ICMPv6 packet, whatever the socket says (`icmpv6_err`,
 * net/ipv6/icmp.c). Either way what is remembered does not limit later probes; the interface's MTU does.
 */

import { randomInt } from 'node:crypto';
import type { Clock, DatagramChannel, DatagramEvent, PathTarget, ProbeId } from '../measure/channel.ts';
import { ICMP_ECHO_HEADER_SIZE, ipHeaderSize } from '../wire/header-size.ts';
import { echoRequest, ICMP_PROTOCOL, type IcmpMessage, parseIcmp } from '../wire/icmp.ts';
import { ipv4Packet, readIpHeader } from '../wire/ip.ts';
import { MalformedPacketError } from '../wire/malformed.ts';
import { TOKEN_SIZE } from '../wire/token.ts';
import type { Binding } from './binding.ts';
import { Mailbox } from './mailbox.ts';
import { openRawIcmpListener, type RawIcmpListener } from './raw-icmp-listener.ts';
import { openRawIcmpSender } from './raw-icmp-sender.ts';
import { SentProbes, sequenceOf } from './sent-probes.ts';
import { errno, errnoName } from './sys/errno.ts';
import { addressBytes, encodeSockaddr } from './sys/sockaddr.ts';
import { closeSocket, sendTo } from './sys/socket.ts';

export type DatagramOpening =
  | { readonly kind: 'open'; readonly channel: DatagramChannel }
  /** `reason` is one phrase for people. */
  | { readonly kind: 'refused'; readonly reason: string };

/** @param localPorts ports of our TCP connections on the path: a Packet Too Big that quotes one is passed on. */
export async function openRawIcmpChannel(
  path: PathTarget,
  binding: Binding,
  clock: Clock,
  localPorts: ReadonlySet<number>,
): Promise<DatagramOpening> {
  const sender = openRawIcmpSender(path, binding);
  if (sender === -errno.EPERM) return { kind: 'refused', reason: 'raw ICMP sockets need CAP_NET_RAW' };
  if (sender < 0) return { kind: 'refused', reason: `raw ICMP socket: ${errnoName(-sender)}` };
  const channel = new RawIcmpChannel(sender, path, clock, localPorts);
  const opening = await openRawIcmpListener(path.family, deviceFor(path, binding), (packet, source) =>
    channel.onPacket(packet, source),
  );
  if (opening.kind === 'open') {
    channel.use(opening.listener);
    return { kind: 'open', channel };
  }
  channel.close();
  return opening;
}

/** The listener cannot be bound to a source address; the interface that the address leads to has the same effect. */
export function deviceFor(path: PathTarget, binding: Binding): string | null {
  return binding.interface === null && binding.source === null ? null : path.egress.interface;
}

class RawIcmpChannel implements DatagramChannel {
  readonly method = 'icmp-raw';
  readonly traceless: boolean;
  readonly smallestSize: number;
  readonly #path: PathTarget;
  readonly #headerSize: number;
  readonly #mailbox: Mailbox<DatagramEvent>;
  readonly #probes: SentProbes;
  readonly #identifier = randomInt(1, 0x10000);
  readonly #sockaddr: Uint8Array;
  #sender: number | null;
  #listener: RawIcmpListener | null = null;
  #dropped = 0;

  constructor(sender: number, path: PathTarget, clock: Clock, localPorts: ReadonlySet<number>) {
    this.#sender = sender;
    this.#path = path;
    this.#sockaddr = encodeSockaddr({ address: path.address, port: 0 });
    this.traceless = path.family === 4;
    this.#headerSize = ipHeaderSize(path.family) + ICMP_ECHO_HEADER_SIZE;
    this.smallestSize = this.#headerSize + TOKEN_SIZE;
    this.#mailbox = new Mailbox(clock);
    this.#probes = new SentProbes(path, localPorts);
  }

  use(listener: RawIcmpListener): void {
    this.#listener = listener;
  }

  send({ id, size }: { readonly id: ProbeId; readonly size: number }): void {
    if (this.#sender === null) return;
    const { family, egress } = this.#path;
    const payload = this.#probes.payload(id, size, this.#headerSize);
    const echo = echoRequest({ identifier: this.#identifier, sequence: sequenceOf(id), payload }, family);
    const packet = family === 6 ? echo : ipv4Packet(echo, ICMP_PROTOCOL[4], this.#addresses());
    const result = sendTo(this.#sender, packet, this.#sockaddr);
    // Raw packets are measured against the interface alone (`raw_send_hdrinc`, net/ipv4/raw.c).
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
    if (this.#sender !== null) closeSocket(this.#sender);
    this.#sender = null;
    this.#listener?.close();
    this.#listener = null;
  }

  /** Every ICMP message of this host comes here, and whatever else calls itself one. */
  onPacket(packet: Uint8Array, source: string): void {
    this.#mailbox.noteRead();
    const event = this.#read(packet, source);
    if (event === null) this.#dropped += 1;
    else this.#mailbox.put(event);
  }

  #read(packet: Uint8Array, source: string): DatagramEvent | null {
    try {
      return this.#interpret(parseIcmp(this.#icmpOf(packet), this.#path.family), source);
    } catch (error) {
      if (error instanceof MalformedPacketError) return null;
      throw error;
    }
  }

  #icmpOf(packet: Uint8Array): Uint8Array {
    if (this.#path.family === 6) return packet;
    const { headerSize, size } = readIpHeader(packet, 4);
    if (size > packet.byteLength) throw new MalformedPacketError('IPv4 total length', size);
    return packet.subarray(headerSize, size);
  }

  #interpret(message: IcmpMessage, source: string): DatagramEvent | null {
    if (message.kind === 'other') return null;
    if (message.kind !== 'echo-reply') {
      return this.#probes.error(message, source, (quoted) => {
        if (quoted.kind !== 'echo-request' || quoted.identifier !== this.#identifier) return null;
        return this.#probes.match(quoted.sequence, quoted.payload)?.id ?? null;
      });
    }
    if (message.identifier !== this.#identifier) return null;
    const match = this.#probes.match(message.sequence, message.payload);
    // A reply that was cut short proves nothing of its sender but the address.
    if (match === null || (!match.whole && !this.#probes.isTarget(addressBytes(source)))) return null;
    return { kind: 'reply', id: match.id };
  }

  #addresses(): { readonly source: Uint8Array; readonly destination: Uint8Array } {
    const { egress, address } = this.#path;
    return { source: addressBytes(egress.address), destination: addressBytes(address) };
  }
}
