/** IP headers: RFC 791 §3.1 and RFC 8200 §3. Addresses are their bytes. */

import { ipHeaderSize } from './header-size.ts';
import { MalformedPacketError } from './malformed.ts';

export interface IpHeader {
  readonly headerSize: number;
  /** The whole packet's size, as its header says. */
  readonly size: number;
  /** The protocol after the header (IANA protocol numbers). */
  readonly protocol: number;
  readonly source: Uint8Array;
  readonly destination: Uint8Array;
}

const DONT_FRAGMENT = 0x4000; // RFC 791 §3.1, flags and fragment offset as one word
const TTL = 64; // RFC 1700, default of every system since

/** @throws MalformedPacketError when the bytes cannot begin a packet of the family; the packet may be cut off. */
export function readIpHeader(packet: Uint8Array, family: 4 | 6): IpHeader {
  const fixed = ipHeaderSize(family);
  if (packet.byteLength < fixed) throw new MalformedPacketError(`IPv${family} header length`, packet.byteLength);
  const view = new DataView(packet.buffer, packet.byteOffset, packet.byteLength);
  const version = view.getUint8(0) >> 4;
  if (version !== family) throw new MalformedPacketError('IP version', version);
  return family === 4 ? readIpv4(packet, view) : readIpv6(packet, view);
}

function readIpv4(packet: Uint8Array, view: DataView): IpHeader {
  const headerSize = (view.getUint8(0) & 0x0f) * 4;
  if (headerSize < 20 || headerSize > packet.byteLength)
    throw new MalformedPacketError('IPv4 header length', headerSize);
  return {
    headerSize,
    size: view.getUint16(2),
    protocol: view.getUint8(9),
    source: packet.subarray(12, 16),
    destination: packet.subarray(16, 20),
  };
}

function readIpv6(packet: Uint8Array, view: DataView): IpHeader {
  return {
    headerSize: 40,
    size: 40 + view.getUint16(4),
    protocol: view.getUint8(6),
    source: packet.subarray(8, 24),
    destination: packet.subarray(24, 40),
  };
}

export interface Ipv4Addresses {
  readonly source: Uint8Array;
  readonly destination: Uint8Array;
}

/** An IPv4 packet with DF set. Identification and checksum are zero: Linux fills them in (raw(7), IP_HDRINCL). */
export function ipv4Packet(payload: Uint8Array, protocol: number, { source, destination }: Ipv4Addresses): Uint8Array {
  const packet = new Uint8Array(20 + payload.byteLength);
  const view = new DataView(packet.buffer);
  view.setUint8(0, 0x45); // version 4, five words of header
  view.setUint16(2, packet.byteLength);
  view.setUint16(6, DONT_FRAGMENT);
  view.setUint8(8, TTL);
  view.setUint8(9, protocol);
  packet.set(source, 12);
  packet.set(destination, 16);
  packet.set(payload, 20);
  return packet;
}
