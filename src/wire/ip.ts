/** IP headers: RFC 791 §3.1 and RFC 8200 §3. Addresses are their bytes. */

import { ipHeaderSize } from './header-size.ts';
import { MalformedPacketError } from './malformed.ts';

export interface IpHeader {
  readonly headerSize: number;
  /** The whole packet's size, as its header says. */
  readonly size: number;
  /** What is left of the times that it may be forwarded: TTL, for IPv6 hop limit. */
  readonly hopsLeft: number;
  /** The protocol after the header (IANA protocol numbers). */
  readonly protocol: number;
  readonly source: Uint8Array;
  readonly destination: Uint8Array;
}

const DONT_FRAGMENT = 0x4000; // RFC 791 §3.1, flags and fragment offset as one word
/** TTL of a packet that is to arrive: RFC 1700, the default of every system since. */
export const FAR_ENOUGH = 64;

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
    hopsLeft: view.getUint8(8),
    protocol: view.getUint8(9),
    source: packet.subarray(12, 16),
    destination: packet.subarray(16, 20),
  };
}

function readIpv6(packet: Uint8Array, view: DataView): IpHeader {
  return {
    headerSize: 40,
    size: 40 + view.getUint16(4),
    hopsLeft: view.getUint8(7),
    protocol: view.getUint8(6),
    source: packet.subarray(8, 24),
    destination: packet.subarray(24, 40),
  };
}

export interface Ipv4Addresses {
  readonly source: Uint8Array;
  readonly destination: Uint8Array;
}

export interface Ipv4Fields extends Ipv4Addresses {
  readonly protocol: number;
  /** TTL: how often it may be forwarded, and one more. */
  readonly hops: number;
}

/** An IPv4 packet with DF set. Identification and checksum are zero: Linux fills them in (raw(7), IP_HDRINCL). */
export function ipv4Packet(payload: Uint8Array, { protocol, hops, source, destination }: Ipv4Fields): Uint8Array {
  const packet = new Uint8Array(20 + payload.byteLength);
  const view = new DataView(packet.buffer);
  view.setUint8(0, 0x45); // version 4, five words of header
  view.setUint16(2, packet.byteLength);
  view.setUint16(6, DONT_FRAGMENT);
  view.setUint8(8, hops);
  view.setUint8(9, protocol);
  packet.set(source, 12);
  packet.set(destination, 16);
  packet.set(payload, 20);
  return packet;
}
