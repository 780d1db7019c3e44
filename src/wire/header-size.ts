/** The only place that knows how large headers are: everything else speaks of whole packets. */

import type { TcpInfo } from './tcp-info.ts';

/** Fixed IP header: 20 bytes for IPv4 without options (RFC 791 §3.1), 40 for IPv6 (RFC 8200 §3). */
export function ipHeaderSize(family: 4 | 6): number {
  return family === 4 ? 20 : 40;
}

/** TCP header without options (RFC 9293 §3.1). */
export const TCP_HEADER_SIZE = 20;
/** Timestamps, padded to a multiple of four (RFC 7323 §3.2 and appendix A). */
export const TCP_TIMESTAMPS_SIZE = 12;
/** UDP header (RFC 768); an ICMP echo header is as long (RFC 792, RFC 4443 §4.1). */
export const UDP_HEADER_SIZE = 8;
export const ICMP_ECHO_HEADER_SIZE = 8;

/** The MSS that stands for a packet size, options not subtracted (RFC 6691). */
export function mssOfSize(size: number, family: 4 | 6): number {
  return size - ipHeaderSize(family) - TCP_HEADER_SIZE;
}

/** The packet size that an MSS allows. */
export function sizeOfMss(mss: number, family: 4 | 6): number {
  return mss + ipHeaderSize(family) + TCP_HEADER_SIZE;
}

/** Payload of a TCP segment whose packet has this size, on this connection. */
export function segmentPayload(size: number, family: 4 | 6, info: Pick<TcpInfo, 'timestamps'>): number {
  return mssOfSize(size, family) - (info.timestamps ? TCP_TIMESTAMPS_SIZE : 0);
}

/** Size of the packet that carries this payload on this connection. */
export function segmentSize(payload: number, family: 4 | 6, info: Pick<TcpInfo, 'timestamps'>): number {
  return sizeOfMss(payload + (info.timestamps ? TCP_TIMESTAMPS_SIZE : 0), family);
}
