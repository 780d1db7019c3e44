/** UDP datagrams (RFC 768). */

import { internetChecksum } from './checksum.ts';
import { UDP_HEADER_SIZE } from './header-size.ts';
import type { Ipv4Addresses } from './ip.ts';

export const UDP_PROTOCOL = 17; // IANA protocol numbers
const PSEUDO_HEADER_SIZE = 12; // RFC 768

export interface UdpDatagram {
  readonly sourcePort: number;
  readonly destinationPort: number;
  readonly payload: Uint8Array;
}

/** For IPv4. Its checksum is right: firewalls drop datagrams without one, legal as they are. */
export function udpDatagram(
  { sourcePort, destinationPort, payload }: UdpDatagram,
  addresses: Ipv4Addresses,
): Uint8Array {
  const datagram = new Uint8Array(UDP_HEADER_SIZE + payload.byteLength);
  const view = new DataView(datagram.buffer);
  view.setUint16(0, sourcePort);
  view.setUint16(2, destinationPort);
  view.setUint16(4, datagram.byteLength);
  datagram.set(payload, UDP_HEADER_SIZE);
  view.setUint16(6, checksumOf(datagram, addresses));
  return datagram;
}

/** Over a pseudo header of addresses, protocol and length as well; zero is sent as all ones, since it means none. */
function checksumOf(datagram: Uint8Array, { source, destination }: Ipv4Addresses): number {
  const covered = new Uint8Array(PSEUDO_HEADER_SIZE + datagram.byteLength);
  covered.set(source, 0);
  covered.set(destination, 4);
  covered[9] = UDP_PROTOCOL;
  new DataView(covered.buffer).setUint16(10, datagram.byteLength);
  covered.set(datagram, PSEUDO_HEADER_SIZE);
  return internetChecksum(covered) || 0xffff;
}
