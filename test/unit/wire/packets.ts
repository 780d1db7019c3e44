/** ICMP errors as routers write them, for tests. */

import { internetChecksum } from '../../../src/wire/checksum.ts';

/** Fills in the checksum of an ICMPv4 message. */
export function sealed(message: Uint8Array): Uint8Array {
  message.set([0, 0], 2);
  const sum = internetChecksum(message);
  message.set([sum >> 8, sum & 0xff], 2);
  return message;
}

/** ICMPv4 type 3 code 4 (RFC 1191 §4). */
export function packetTooBig4(quote: Uint8Array, nextHopMtu: number): Uint8Array {
  const message = new Uint8Array(8 + quote.byteLength);
  message.set([3, 4, 0, 0, 0, 0, nextHopMtu >> 8, nextHopMtu & 0xff]);
  message.set(quote, 8);
  return sealed(message);
}

/** ICMPv6 type 2 (RFC 4443 §3.2). */
export function packetTooBig6(quote: Uint8Array, nextHopMtu: number): Uint8Array {
  const message = new Uint8Array(8 + quote.byteLength);
  message.set([2, 0, 0, 0]);
  new DataView(message.buffer).setUint32(4, nextHopMtu);
  message.set(quote, 8);
  return message;
}

/** An IPv6 packet around a payload, from ::1 to `destination`. */
export function ipv6Packet(payload: Uint8Array, protocol: number, destination: Uint8Array): Uint8Array {
  const packet = new Uint8Array(40 + payload.byteLength);
  packet[0] = 0x60;
  new DataView(packet.buffer).setUint16(4, payload.byteLength);
  packet.set([protocol, 64], 6);
  packet[23] = 1;
  packet.set(destination, 24);
  packet.set(payload, 40);
  return packet;
}
