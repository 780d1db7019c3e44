/**
 * Questions over IPv6 that leave no trace: a socket that does not heed path MTUs (`IPV6_PMTUDISC_INTERFACE`) is not told of
 * any (`udpv6_err`, net/ipv6/udp.c), so that a raw ICMP socket beside it hears for it.
 */

import type { Clock, DatagramEvent, PathTarget } from '../measure/channel.ts';
import { parseIcmp } from '../wire/icmp.ts';
import { parseQuoted } from '../wire/quoted.ts';
import type { Binding } from './binding.ts';
import { openRawIcmpListener, type RawIcmpListener } from './raw-icmp-listener.ts';
import { PMTUDISC_INTERFACE } from './sys/constants.ts';
import { errno } from './sys/errno.ts';
import { addressBytes } from './sys/sockaddr.ts';
import { setPathMtuDiscovery } from './sys/socket.ts';
import { UdpServiceChannel, type UdpSockets } from './udp-service-channel.ts';
import type { UdpService } from './udp-services.ts';

/** @returns `null` where this process may hear nothing; the sockets are then as they were. */
export async function openHearingChannel(
  sockets: UdpSockets,
  path: PathTarget,
  clock: Clock,
  service: UdpService,
  binding: Binding,
): Promise<UdpServiceChannel | null> {
  let channel: HearingChannel | null = null;
  const device = binding.interface === null && binding.source === null ? null : path.egress.interface;
  const opening = await openRawIcmpListener(6, device, (packet, source) => channel?.hear(packet, source));
  if (opening.kind === 'refused') return null;
  setPathMtuDiscovery(sockets.fd, 6, PMTUDISC_INTERFACE);
  channel = new HearingChannel(sockets, path, clock, service, opening.listener);
  return channel;
}

class HearingChannel extends UdpServiceChannel {
  readonly #listener: RawIcmpListener;
  readonly #target: Uint8Array;

  constructor(sockets: UdpSockets, path: PathTarget, clock: Clock, service: UdpService, listener: RawIcmpListener) {
    super(sockets, path, clock, service, true);
    this.#listener = listener;
    this.#target = addressBytes(path.address);
  }

  /** Every ICMP message of this host comes here; only Packet Too Big is not on the socket's own error queue. */
  hear(packet: Uint8Array, from: string): void {
    this.take(() => this.#eventsOf(packet, from));
  }

  override close(): void {
    super.close();
    this.#listener.close();
  }

  #eventsOf(packet: Uint8Array, from: string): readonly DatagramEvent[] {
    const message = parseIcmp(packet, 6);
    if (message.kind !== 'packet-too-big') return [];
    const quoted = parseQuoted(message.quote, 6);
    const isOurs = quoted.kind === 'udp' && quoted.sourcePort === this.localPort && this.#isTarget(quoted.destination);
    if (!isOurs) return [];
    const { payload } = quoted;
    const event = this.complaint({ errno: errno.EMSGSIZE, origin: 'icmp', mtu: message.nextHopMtu, from, payload });
    return event === null ? [] : [event];
  }

  #isTarget(address: Uint8Array): boolean {
    return address.every((byte, at) => byte === this.#target[at]);
  }
}
