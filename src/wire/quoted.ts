/** The packet that an ICMP error quotes: enough of it to know which of ours it was (RFC 792: 64 bits behind the header). */

import { UDP_HEADER_SIZE } from './header-size.ts';
import { ICMP_PROTOCOL, ICMP_TYPES } from './icmp.ts';
import { readIpHeader } from './ip.ts';
import { MalformedPacketError } from './malformed.ts';

interface Quote {
  /** Size of the quoted packet when it was sent, as its header says. */
  readonly size: number;
  readonly destination: Uint8Array;
}

export type QuotedPacket = Quote &
  (
    | {
        readonly kind: 'echo-request';
        readonly identifier: number;
        readonly sequence: number;
        /** As much of it as was quoted, often nothing. */
        readonly payload: Uint8Array;
      }
    | { readonly kind: 'tcp'; readonly sourcePort: number; readonly destinationPort: number }
    | {
        readonly kind: 'udp';
        readonly sourcePort: number;
        readonly destinationPort: number;
        /** As much of it as was quoted, often nothing. */
        readonly payload: Uint8Array;
      }
    | { readonly kind: 'other'; readonly protocol: number }
  );

const TCP = 6; // IANA protocol numbers
const UDP = 17; // IANA protocol numbers
const LEAST_QUOTED = 8; // RFC 792

/** @throws MalformedPacketError when less is quoted than RFC 792 asks for, or the quote is no packet. */
export function parseQuoted(quote: Uint8Array, family: 4 | 6): QuotedPacket {
  const { headerSize, size, protocol, destination } = readIpHeader(quote, family);
  const body = quote.subarray(headerSize);
  if (body.byteLength < LEAST_QUOTED) throw new MalformedPacketError('quoted packet length', quote.byteLength);
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  if (protocol === TCP || protocol === UDP) {
    const ports = { sourcePort: view.getUint16(0), destinationPort: view.getUint16(2) };
    return protocol === TCP
      ? { kind: 'tcp', size, destination, ...ports }
      : { kind: 'udp', size, destination, ...ports, payload: body.subarray(UDP_HEADER_SIZE) };
  }
  if (protocol !== ICMP_PROTOCOL[family] || view.getUint8(0) !== ICMP_TYPES[family].echoRequest) {
    return { kind: 'other', size, destination, protocol };
  }
  const [identifier, sequence] = [view.getUint16(4), view.getUint16(6)];
  return { kind: 'echo-request', size, destination, identifier, sequence, payload: body.subarray(8) };
}
