/**
 * Hears every ICMP message of this host without leaving a trace in the route cache, through the `raw-socket` package;
 * and what the package needs to behave.
 *
 * The kernel asks each raw ICMP socket whether to remember a Packet Too Big: a single one without
 * `IP_PMTUDISC_INTERFACE` would fill the cache for all.
 */

import type { Socket } from 'raw-socket';
import type { Family } from '../contract.ts';
import { ICMP_PROTOCOL, ICMP_TYPES } from '../wire/icmp.ts';
import { loadRawSocket } from './load-raw-socket.ts';
import { LITTLE_ENDIAN, viewOf } from './sys/byte-order.ts';
import { CAP_NET_RAW, takeUp } from './sys/capabilities.ts';
import {
  ICMP_FILTER,
  ICMPV6_FILTER,
  IP_MTU_DISCOVER,
  IPPROTO_ICMPV6,
  IPPROTO_IP,
  IPPROTO_IPV6,
  IPV6_MTU_DISCOVER,
  PMTUDISC_INTERFACE,
  SO_BINDTODEVICE,
  SOL_RAW,
  SOL_SOCKET,
} from './sys/constants.ts';

export interface RawIcmpListener {
  /** Closing twice is harmless. */
  close(): void;
}

/** @param packet a copy of its own: with IP header for IPv4, from the ICMP header on for IPv6. */
export type OnPacket = (packet: Uint8Array, source: string) => void;

export type ListenerOpening = { readonly kind: 'open'; readonly listener: RawIcmpListener } | Refusal;

/** Why a socket may not be used. */
export interface Refusal {
  readonly kind: 'refused';
  /** One phrase for people. */
  readonly reason: string;
  /** A sentence on what to do, where something of this installation is missing and not a privilege. */
  readonly advice?: string;
}

const LARGEST_PACKET = 65535; // RFC 791 §3.1; the package cuts longer ones off without a word

/** @param device the only interface to use; `null` leaves it to the routes. */
export async function openRawIcmpListener(
  family: Family,
  device: string | null,
  onPacket: OnPacket,
): Promise<ListenerOpening> {
  const opening = await openSocket(family);
  if (opening.kind === 'refused') return opening;
  const { socket } = opening;
  setOptions(socket, family, device);
  socket.on('message', (packet: Uint8Array, source: string) => {
    try {
      // The package reuses its buffer for the next packet.
      onPacket(Uint8Array.from(packet), source);
    } catch (error) {
      // The package would take a mistake of ours for an error of the socket.
      setImmediate(() => {
        throw error;
      });
    }
  });
  // Comes for a read that found nothing, with or without an error object; what it means for a probe is no answer.
  socket.on('error', () => undefined);
  let closed = false;
  const close = (): void => {
    if (!closed) socket.close();
    closed = true;
  };
  return { kind: 'open', listener: { close } };
}

async function openSocket(family: Family): Promise<{ readonly kind: 'open'; readonly socket: Socket } | Refusal> {
  const loading = await loadRawSocket();
  if (loading.kind === 'refused') return loading;
  const { createSocket, AddressFamily } = loading.package;
  takeUp(CAP_NET_RAW);
  try {
    const addressFamily = family === 4 ? AddressFamily.IPv4 : AddressFamily.IPv6;
    const socket = createSocket({ protocol: ICMP_PROTOCOL[family], addressFamily, bufferSize: LARGEST_PACKET });
    return { kind: 'open', socket };
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    return { kind: 'refused', reason: `raw ICMP socket: ${words}` };
  }
}

function setOptions(socket: Socket, family: Family, device: string | null): void {
  const { echoReply, unreachable, packetTooBig, timeExceeded } = ICMP_TYPES[family];
  const wanted = [echoReply, unreachable, packetTooBig, timeExceeded];
  if (family === 4) {
    socket.setOption(IPPROTO_IP, IP_MTU_DISCOVER, PMTUDISC_INTERFACE);
    socket.setOption(SOL_RAW, ICMP_FILTER, wanted.reduce((mask, type) => mask & ~(1 << type), ~0) >>> 0);
  } else {
    socket.setOption(IPPROTO_IPV6, IPV6_MTU_DISCOVER, PMTUDISC_INTERFACE);
    const filter = blockAllBut(wanted);
    socket.setOption(IPPROTO_ICMPV6, ICMPV6_FILTER, filter, filter.byteLength);
  }
  if (device === null) return;
  const name = new TextEncoder().encode(device);
  socket.setOption(SOL_SOCKET, SO_BINDTODEVICE, name, name.byteLength);
}

/** `struct icmp6_filter` (linux/icmpv6.h): a bit per type, set where it is blocked. */
function blockAllBut(types: readonly number[]): Buffer {
  const filter = Buffer.alloc(32, 0xff);
  const view = viewOf(filter);
  for (const type of types) {
    const at = (type >> 5) * 4;
    view.setUint32(at, view.getUint32(at, LITTLE_ENDIAN) & ~(1 << (type & 31)), LITTLE_ENDIAN);
  }
  return filter;
}
