/**
 * `struct tcp_info` (linux/tcp.h): what the kernel says of one TCP connection.
 *
 * The structure only ever grew at its end, so a field exists if the returned length covers it. Byte order is the
 * host's; every Linux that Node runs on is little-endian except s390x, so the order is an argument.
 */

import { MalformedPacketError } from './malformed.ts';

export interface TcpInfo {
  /** TCP_ESTABLISHED 1, TCP_SYN_SENT 2, TCP_CLOSE 7, TCP_CLOSE_WAIT 8 … (net/tcp_states.h). */
  readonly state: number;
  /** The handshake agreed on timestamps: every segment carries 12 more bytes of options. */
  readonly timestamps: boolean;
  /** The handshake agreed on selective acknowledgement. */
  readonly sack: boolean;
  /** Largest payload we may send in one segment, options already subtracted. */
  readonly sndMss: number;
  /** Largest payload seen in an in-order segment; starts at 536 or below. */
  readonly rcvMss: number;
  /** Payload of a full segment at the MSS we advertised, options already subtracted. */
  readonly advMss: number;
  /** Path MTU that the kernel assumes for this connection. */
  readonly pathMtu: number;
  readonly unackedSegments: number;
  readonly sackedSegments: number;
  readonly totalRetransmits: number;
  readonly rttUs: number;
  readonly bytesAcked: number;
  /** In-order bytes received: bytes beyond a hole do not count. */
  readonly bytesReceived: number;
  readonly segmentsOut: number;
  readonly dataSegmentsIn: number;
  /** Segments that arrived beyond a hole, ever; `null` before Linux 5.4. */
  readonly outOfOrderSegments: number | null;
}

/** Length up to and including `tcpi_data_segs_out` (Linux 4.6): without these fields nothing can be proved. */
const SHORTEST_USABLE = 160;
/** End of `tcpi_rcv_ooopack` (Linux 5.4). */
const WITH_OUT_OF_ORDER = 228;
const TCPI_OPT_TIMESTAMPS = 1; // linux/tcp.h
const TCPI_OPT_SACK = 2; // linux/tcp.h

/**
 * Reads the answer of `getsockopt(IPPROTO_TCP, TCP_INFO)`.
 *
 * @throws MalformedPacketError when the kernel returned fewer bytes than Linux 4.6 does, or more than the buffer holds.
 */
export function parseTcpInfo(buffer: Uint8Array, length: number, littleEndian = true): TcpInfo {
  if (length > buffer.byteLength || length < SHORTEST_USABLE) throw new MalformedPacketError('tcp_info length', length);
  const view = new DataView(buffer.buffer, buffer.byteOffset, length);
  const u32 = (offset: number): number => view.getUint32(offset, littleEndian);
  const u64 = (offset: number): number => Number(view.getBigUint64(offset, littleEndian));
  const options = view.getUint8(5);
  return {
    state: view.getUint8(0),
    timestamps: (options & TCPI_OPT_TIMESTAMPS) !== 0,
    sack: (options & TCPI_OPT_SACK) !== 0,
    sndMss: u32(16),
    rcvMss: u32(20),
    advMss: u32(84),
    pathMtu: u32(60),
    unackedSegments: u32(24),
    sackedSegments: u32(28),
    totalRetransmits: u32(100),
    rttUs: u32(68),
    bytesAcked: u64(120),
    bytesReceived: u64(128),
    segmentsOut: u32(136),
    dataSegmentsIn: u32(152),
    outOfOrderSegments: length >= WITH_OUT_OF_ORDER ? u32(224) : null,
  };
}
