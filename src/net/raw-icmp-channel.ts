/**
 * Echo requests through a raw socket.
 *
 * IPv4: with our own IP header, DF set, and without a trace: a Packet Too Big is heard and not remembered. IPv6: the
 * kernel remembers every Packet Too Big that quotes an ICMPv6 packet, whatever the socket says (`icmpv6_err`,
 * net/ipv6/icmp.c). Either way what is remembered does not limit later probes; the interface's MTU does.
 */

import { randomInt } from 'node:crypto';
import type { Clock, DatagramEvent, PathTarget } from '../measure/channel.ts';
import { ICMP_ECHO_HEADER_SIZE } from '../wire/header-size.ts';
import { echoRequest, ICMP_PROTOCOL, parseIcmp } from '../wire/icmp.ts';
import { ipv4Packet, readIpHeader } from '../wire/ip.ts';
import type { Binding } from './binding.ts';
import { icmpMessageOf } from './icmp-message.ts';
import { type DatagramOpening, ListeningChannel, type ListeningSetup, type Transmission } from './listening-channel.ts';
import { openRawIcmpSender } from './raw-icmp-sender.ts';
import { sequenceOf } from './sent-probes.ts';
import { errno, errnoName } from './sys/errno.ts';
import { addressBytes, encodeSockaddr } from './sys/sockaddr.ts';
import { sendTo, setHops } from './sys/socket.ts';

/** @param localPorts ports of our TCP connections on the path: a Packet Too Big that quotes one is passed on. */
export async function openRawIcmpChannel(
  path: PathTarget,
  binding: Binding,
  clock: Clock,
  localPorts: ReadonlySet<number>,
): Promise<DatagramOpening> {
  const fd = openRawIcmpSender(path, binding);
  if (fd === -errno.EPERM) return { kind: 'refused', reason: 'raw ICMP sockets need CAP_NET_RAW' };
  if (fd < 0) return { kind: 'refused', reason: `raw ICMP socket: ${errnoName(-fd)}` };
  return new RawIcmpChannel({ fd, path, clock, localPorts }).listen(binding);
}

class RawIcmpChannel extends ListeningChannel {
  readonly method = 'icmp-raw';
  readonly traceless: boolean;
  readonly #identifier = randomInt(1, 0x10000);
  readonly #sockaddr: Uint8Array;

  constructor(setup: ListeningSetup) {
    super(setup, ICMP_ECHO_HEADER_SIZE);
    this.traceless = setup.path.family === 4;
    this.#sockaddr = encodeSockaddr({ address: setup.path.address, port: 0 });
  }

  protected override transmit(fd: number, { id, hops, payload }: Transmission): number {
    const { family } = this.path;
    const echo = echoRequest({ identifier: this.#identifier, sequence: sequenceOf(id), payload }, family);
    if (family === 6) setHops(fd, 6, hops);
    const packet = family === 6 ? echo : ipv4Packet(echo, { protocol: ICMP_PROTOCOL[4], hops, ...this.#addresses() });
    return sendTo(fd, packet, this.#sockaddr);
  }

  /** Every ICMP message of this host comes here, and whatever else calls itself one. */
  protected override interpret(packet: Uint8Array, source: string): DatagramEvent | null {
    const message = parseIcmp(icmpMessageOf(packet, this.path.family), this.path.family);
    if (message.kind === 'other') return null;
    if (message.kind !== 'echo-reply') {
      return this.probes.error(message, source, (quoted) => {
        if (quoted.kind !== 'echo-request' || quoted.identifier !== this.#identifier) return null;
        return this.probes.match(quoted.sequence, quoted.payload)?.id ?? null;
      });
    }
    if (message.identifier !== this.#identifier) return null;
    const match = this.probes.match(message.sequence, message.payload);
    // A reply that was cut short proves nothing of its sender but the address.
    if (match === null || (!match.whole && !this.probes.isTarget(addressBytes(source)))) return null;
    return { kind: 'reply', id: match.id, hopsLeft: this.path.family === 4 ? readIpHeader(packet, 4).hopsLeft : null };
  }

  #addresses(): { readonly source: Uint8Array; readonly destination: Uint8Array } {
    const { egress, address } = this.path;
    return { source: addressBytes(egress.address), destination: addressBytes(address) };
  }
}
