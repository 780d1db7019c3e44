/** UDP datagrams (RFC 768). */

import { UDP_HEADER_SIZE } from './header-size.ts';

export const UDP_PROTOCOL = 17; // IANA protocol numbers

export interface UdpDatagram {
  readonly sourcePort: number;
  readonly destinationPort: number;
  readonly payload: Uint8Array;
}

/** For IPv4, where a checksum of zero says that there is none. */
export function udpDatagram({ sourcePort, destinationPort, payload }: UdpDatagram): Uint8Array {
  const datagram = new Uint8Array(UDP_HEADER_SIZE + payload.byteLength);
  const view = new DataView(datagram.buffer);
  view.setUint16(0, sourcePort);
  view.setUint16(2, destinationPort);
  view.setUint16(4, datagram.byteLength);
  datagram.set(payload, UDP_HEADER_SIZE);
  return datagram;
}
