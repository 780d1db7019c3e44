/** Whole IP packets taken apart, and put together with every checksum right, so that a kernel believes them. */

import type { Family } from '../../contract.ts';
import { internetChecksum } from '../../wire/checksum.ts';
import { ipHeaderSize } from '../../wire/header-size.ts';
import { readIpHeader } from '../../wire/ip.ts';

export const PROTOCOL = { icmp: { 4: 1, 6: 58 }, tcp: 6, udp: 17 } as const; // IANA protocol numbers

export interface Packet {
  readonly family: Family;
  readonly source: Uint8Array;
  readonly destination: Uint8Array;
  /** Of what follows the IP header. */
  readonly protocol: number;
  /** From the header of TCP, UDP or ICMP on. */
  readonly body: Uint8Array;
}

const TTL = 64; // RFC 1700, default of every system since

/** Where the checksum stands in the header: RFC 9293 §3.1, RFC 768, RFC 792 and RFC 4443 §2.1. */
function checksumOffset(protocol: number): number {
  if (protocol === PROTOCOL.tcp) return 16;
  return protocol === PROTOCOL.udp ? 6 : 2;
}

/** @throws MalformedPacketError when the bytes are no IP packet. */
export function takeApart(bytes: Uint8Array): Packet {
  const family = (bytes[0] ?? 0) >> 4 === 6 ? 6 : 4;
  const { headerSize, size, protocol, source, destination } = readIpHeader(bytes, family);
  return { family, source, destination, protocol, body: bytes.subarray(headerSize, size) };
}

/** The packet on the wire; whatever stands in the checksum of its body is written anew. */
export function putTogether({ family, source, destination, protocol, body }: Packet): Buffer {
  const headerSize = ipHeaderSize(family);
  const bytes = Buffer.alloc(headerSize + body.byteLength);
  if (family === 4) {
    bytes.set([0x45, 0], 0); // RFC 791 §3.1: version 4, five words of header
    bytes.writeUInt16BE(bytes.byteLength, 2);
    bytes.set([TTL, protocol], 8);
    bytes.set(source, 12);
    bytes.set(destination, 16);
    bytes.writeUInt16BE(internetChecksum(bytes.subarray(0, headerSize)), 10);
  } else {
    bytes[0] = 0x60; // RFC 8200 §3: version 6
    bytes.writeUInt16BE(body.byteLength, 4);
    bytes.set([protocol, TTL], 6);
    bytes.set(source, 8);
    bytes.set(destination, 24);
  }
  bytes.set(body, headerSize);
  seal(bytes.subarray(headerSize), { family, source, destination, protocol });
  return bytes;
}

function seal(body: Buffer, { family, source, destination, protocol }: Omit<Packet, 'body'>): void {
  const at = checksumOffset(protocol);
  body.writeUInt16BE(0, at);
  const covered = family === 4 && protocol === PROTOCOL.icmp[4] ? body : covering(body, source, destination, protocol);
  body.writeUInt16BE(internetChecksum(covered), at);
}

/** The pseudo header of RFC 9293 §3.1 and RFC 8200 §8.1 before the body; the two sum up alike below 65536 bytes. */
function covering(body: Buffer, source: Uint8Array, destination: Uint8Array, protocol: number): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt16BE(body.byteLength, 0);
  length.writeUInt16BE(protocol, 2);
  return Buffer.concat([source, destination, length, body]);
}
