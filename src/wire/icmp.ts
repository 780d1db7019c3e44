/** ICMP (RFC 792) and ICMPv6 (RFC 4443): the messages a prober sends and understands. */

import { internetChecksum } from './checksum.ts';
import { ICMP_ECHO_HEADER_SIZE } from './header-size.ts';
import { MalformedPacketError } from './malformed.ts';

export type IcmpMessage =
  | ({ readonly kind: 'echo-reply' } & Echo)
  /** `nextHopMtu` is zero where the router names none (RFC 1191 §3). `quote` begins the packet that was too big. */
  | { readonly kind: 'packet-too-big'; readonly nextHopMtu: number; readonly quote: Uint8Array }
  | { readonly kind: 'unreachable'; readonly why: 'port' | 'other'; readonly quote: Uint8Array }
  /** The packet had been forwarded as often as it was allowed to be. */
  | { readonly kind: 'time-exceeded'; readonly quote: Uint8Array }
  | { readonly kind: 'other'; readonly type: number };

export const ICMP_PROTOCOL = { 4: 1, 6: 58 } as const; // IANA protocol numbers

/** Message types, RFC 792 and RFC 4443 §§2.1, 3.1, 3.2, 3.3, 4.1, 4.2. */
export const ICMP_TYPES = {
  4: { echoRequest: 8, echoReply: 0, unreachable: 3, packetTooBig: 3, timeExceeded: 11 },
  6: { echoRequest: 128, echoReply: 129, unreachable: 1, packetTooBig: 2, timeExceeded: 3 },
} as const;

const FRAGMENTATION_NEEDED = 4; // RFC 792, code of type 3
const IN_TRANSIT = 0; // RFC 792, RFC 4443 §3.3; the other code is about reassembly
const PORT_UNREACHABLE = { 4: 3, 6: 4 } as const; // RFC 792; RFC 4443 §3.1

export interface Echo {
  readonly identifier: number;
  readonly sequence: number;
  readonly payload: Uint8Array;
}

/** The checksum is filled in for IPv4; for ICMPv6 it covers addresses that only the kernel knows, and it does it. */
export function echoRequest({ identifier, sequence, payload }: Echo, family: 4 | 6): Uint8Array {
  const message = new Uint8Array(ICMP_ECHO_HEADER_SIZE + payload.byteLength);
  const view = new DataView(message.buffer);
  view.setUint8(0, ICMP_TYPES[family].echoRequest);
  view.setUint16(4, identifier);
  view.setUint16(6, sequence);
  message.set(payload, ICMP_ECHO_HEADER_SIZE);
  if (family === 4) view.setUint16(2, internetChecksum(message));
  return message;
}

/**
 * An echo request or reply whose type and checksum the kernel has seen to.
 *
 * @throws MalformedPacketError when it is shorter than its header.
 */
export function parseEcho(message: Uint8Array): Echo {
  if (message.byteLength < ICMP_ECHO_HEADER_SIZE) throw new MalformedPacketError('ICMP length', message.byteLength);
  const view = new DataView(message.buffer, message.byteOffset, message.byteLength);
  const payload = message.subarray(ICMP_ECHO_HEADER_SIZE);
  return { identifier: view.getUint16(4), sequence: view.getUint16(6), payload };
}

/**
 * @param message from the ICMP header on. ICMPv6 checksums are checked by the kernel before.
 * @throws MalformedPacketError when it is cut short or, for IPv4, its checksum is wrong.
 */
export function parseIcmp(message: Uint8Array, family: 4 | 6): IcmpMessage {
  if (message.byteLength < 8) throw new MalformedPacketError('ICMP length', message.byteLength);
  if (family === 4 && internetChecksum(message) !== 0)
    throw new MalformedPacketError('ICMP checksum', message.byteLength);
  const view = new DataView(message.buffer, message.byteOffset, message.byteLength);
  const type = view.getUint8(0);
  const code = view.getUint8(1);
  const types = ICMP_TYPES[family];
  const rest = message.subarray(8);
  if (type === types.echoReply) {
    return { kind: 'echo-reply', ...parseEcho(message) };
  }
  if (type === types.packetTooBig && (family === 6 || code === FRAGMENTATION_NEEDED)) {
    // RFC 1191 §4: the low 16 bits; RFC 4443 §3.2: all 32.
    return { kind: 'packet-too-big', nextHopMtu: family === 4 ? view.getUint16(6) : view.getUint32(4), quote: rest };
  }
  if (type === types.unreachable) {
    return { kind: 'unreachable', why: code === PORT_UNREACHABLE[family] ? 'port' : 'other', quote: rest };
  }
  if (type === types.timeExceeded && code === IN_TRANSIT) return { kind: 'time-exceeded', quote: rest };
  return { kind: 'other', type };
}

/** Smallest next-hop MTU that a router may name: RFC 791 §3.2, RFC 8200 §5. */
const LEAST_MTU = { 4: 68, 6: 1280 } as const;

/** A Packet Too Big is a claim: it must be smaller than what was sent, and no less than every link carries. */
export function isPlausibleNextHopMtu(nextHopMtu: number, sentSize: number, family: 4 | 6): boolean {
  if (nextHopMtu === 0) return family === 4;
  return nextHopMtu < sentSize && nextHopMtu >= LEAST_MTU[family];
}
