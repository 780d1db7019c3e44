/** A SYN as the kernel keeps it (tcp(7), TCP_SAVED_SYN): IP header and TCP header with its options (RFC 9293 §3.1). */

import { TCP_HEADER_SIZE } from './header-size.ts';
import { readIpHeader } from './ip.ts';
import { MalformedPacketError } from './malformed.ts';
import type { ArrivedSyn } from './responder-tcp.ts';

const TCP = 6; // IANA protocol numbers
const DONT_FRAGMENT = 0x40; // RFC 791 §3.1, in the first byte of flags and fragment offset
const END_OF_OPTIONS = 0; // RFC 9293 §3.2
const NO_OPERATION = 1; // RFC 9293 §3.2
const MAXIMUM_SEGMENT_SIZE = 2; // RFC 9293 §3.2
const MSS_OPTION_SIZE = 4;

/** @throws MalformedPacketError when it is cut short. */
export function parseSyn(packet: Uint8Array, family: 4 | 6): ArrivedSyn {
  const { headerSize, size, hopsLeft, protocol } = readIpHeader(packet, family);
  if (protocol !== TCP) throw new MalformedPacketError('protocol of a SYN', protocol);
  const segment = packet.subarray(headerSize);
  if (segment.byteLength < TCP_HEADER_SIZE) throw new MalformedPacketError('SYN length', packet.byteLength);
  const length = ((segment[12] ?? 0) >> 4) * 4; // RFC 9293 §3.1, data offset
  if (length < TCP_HEADER_SIZE || length > segment.byteLength)
    throw new MalformedPacketError('TCP data offset', length);
  return {
    mss: mssOf(segment.subarray(TCP_HEADER_SIZE, length)),
    size,
    hops: hopsLeft,
    dontFragment: family === 4 && ((packet[6] ?? 0) & DONT_FRAGMENT) !== 0,
  };
}

function mssOf(options: Uint8Array): number | null {
  for (let at = 0; at < options.byteLength; ) {
    const kind = options[at];
    if (kind === END_OF_OPTIONS) return null;
    if (kind === NO_OPERATION) {
      at += 1;
      continue;
    }
    const size = options[at + 1] ?? 0;
    if (size < 2 || at + size > options.byteLength) throw new MalformedPacketError('TCP option length', size);
    if (kind === MAXIMUM_SEGMENT_SIZE && size === MSS_OPTION_SIZE) {
      return ((options[at + 2] ?? 0) << 8) | (options[at + 3] ?? 0);
    }
    at += size;
  }
  return null;
}
