/**
 * The numbers and layouts of what a client and a responder say to each other: the tables of docs/protocol.md. Every size
 * in a message is that of a whole IP packet.
 */

import { ipHeaderSize, UDP_HEADER_SIZE } from './header-size.ts';
import { type Layout, layoutSize } from './layout.ts';

/** UDP and TCP alike; not assigned by IANA. */
export const RESPONDER_PORT = 4821;
export const PROTOCOL_VERSION = 1;
/** The versions that this program understands. */
export const LOWEST_VERSION = 1;
export const HIGHEST_VERSION = 1;

export const MAGIC = 0x4d545550; // "MTUP"
export const SESSION_SIZE = 8;
export const COOKIE_SIZE = 16;
export const MAC_SIZE = 16;

/** Numbers of the messages: those of a responder have the highest bit. */
export const REQUEST_TYPES = { hello: 1, probe: 2, wave: 3, status: 4 } as const;
export const ANSWER_TYPES = {
  welcome: 129,
  ack: 130,
  data: 131,
  limit: 132,
  told: 133,
  state: 134,
  error: 255,
} as const;

/** Why a responder does not do what it was asked for. */
export const ERROR_CODES = {
  'unsupported-version': 1,
  busy: 2,
  'rate-limited': 3,
  'stale-cookie': 4,
} as const;
export type ResponderErrorCode = keyof typeof ERROR_CODES;

/** What TCP connections are asked for. */
export const OPERATIONS = { reply: 1, sink: 2, report: 3, upload: 4 } as const;
/** What begins a record of a responder on a TCP connection. */
export const RECORD_TYPES = { report: 131, error: 255 } as const;
/** Flag of `reply`: the responder closes the connection behind it. */
export const CLOSE_AFTER = 1;
/** Flags of `report`: the SYN was kept, and it had DF set. */
export const SYN_KNOWN = 1;
export const SYN_DONT_FRAGMENT = 2;
/** `elapsedMs` where nothing was timed. */
export const NOT_TIMED = 0xffffffff;

export const HEADER = [
  ['magic', 'u32'],
  ['version', 'u8'],
  ['type', 'u8'],
  ['flags', 'u16'],
  ['session', 'bytes8'],
  ['cookie', 'bytes16'],
  ['mac', 'bytes16'],
] as const satisfies Layout;

export const PROBE = [['id', 'u32']] as const satisfies Layout;
/** In front of the packets that are asked for. */
export const WAVE = [['count', 'u8']] as const satisfies Layout;
export const WAVE_PACKET = [
  ['id', 'u32'],
  ['size', 'u16'],
] as const satisfies Layout;
export const WELCOME = [
  ['lowestVersion', 'u8'],
  ['highestVersion', 'u8'],
  ['interfaceMtu', 'u16'],
  ['cachedPathMtu', 'u16'],
  ['cookieLifetime', 'u16'],
] as const satisfies Layout;
export const ACK = [
  ['id', 'u32'],
  ['size', 'u16'],
  ['largestFragment', 'u16'],
  ['hops', 'u8'],
  ['flags', 'u8'],
] as const satisfies Layout;
export const DATA = [['id', 'u32']] as const satisfies Layout;
export const LIMIT = [
  ['id', 'u32'],
  ['mtu', 'u16'],
] as const satisfies Layout;
export const TOLD = [
  ['id', 'u32'],
  ['nextHopMtu', 'u16'],
  ['from', 'bytes16'],
] as const satisfies Layout;
export const STATE = [
  ['interfaceMtu', 'u16'],
  ['cachedPathMtu', 'u16'],
  ['probes', 'u32'],
  ['sent', 'u32'],
  ['withheld', 'u32'],
] as const satisfies Layout;
export const ERROR = [
  ['code', 'u16'],
  ['lowestVersion', 'u8'],
  ['highestVersion', 'u8'],
] as const satisfies Layout;

/** In front of every request on a TCP connection. */
export const TCP_REQUEST = [
  ['magic', 'u32'],
  ['version', 'u8'],
  ['operation', 'u8'],
  ['flags', 'u16'],
  ['session', 'bytes8'],
  ['mac', 'bytes16'],
  ['bytes', 'u32'],
] as const satisfies Layout;
/** In front of every record of the responder. */
export const RECORD = [
  ['magic', 'u32'],
  ['version', 'u8'],
  ['type', 'u8'],
  ['flags', 'u16'],
  ['session', 'bytes8'],
  ['mac', 'bytes16'],
] as const satisfies Layout;
export const REPORT = [
  ['synMss', 'u16'],
  ['synSize', 'u16'],
  ['synHops', 'u8'],
  ['synFlags', 'u8'],
  ['reserved', 'u16'],
  ['sndMss', 'u32'],
  ['rcvMss', 'u32'],
  ['advMss', 'u32'],
  ['pathMtu', 'u32'],
  ['rttUs', 'u32'],
  ['totalRetransmits', 'u32'],
  ['elapsedMs', 'u32'],
  ['bytesReceived', 'u64'],
  ['bytesAcked', 'u64'],
] as const satisfies Layout;

export const HEADER_SIZE = layoutSize(HEADER);
export const WELCOME_SIZE = HEADER_SIZE + layoutSize(WELCOME);
export const ERROR_SIZE = HEADER_SIZE + layoutSize(ERROR);
/** A request is no shorter than any answer to a stranger: nobody's address is made to receive more than was sent. */
export const SMALLEST_REQUEST = Math.max(WELCOME_SIZE, ERROR_SIZE);
/** No wave is longer: as many as a path is tried with at once. */
export const MOST_WAVE_PACKETS = 64;

export const TCP_REQUEST_SIZE = layoutSize(TCP_REQUEST);
export const REPORT_RECORD_SIZE = layoutSize(RECORD) + layoutSize(REPORT);
export const ERROR_RECORD_SIZE = layoutSize(RECORD) + layoutSize(ERROR);
/** The longest `reply`: a thousand packets that fill an Ethernet frame are more than any search needs. */
export const LONGEST_REPLY = 1 << 20;

/** Size of the smallest IP packet that a `probe` fits in. */
export function smallestProbe(family: 4 | 6): number {
  return sizeOfDatagram(SMALLEST_REQUEST, family);
}

/** Size of the smallest IP packet that a `data` fits in. */
export function smallestData(family: 4 | 6): number {
  return sizeOfDatagram(HEADER_SIZE + layoutSize(DATA), family);
}

/** Length of the datagram in an IP packet of this size without options or extension headers. */
export function datagramLength(size: number, family: 4 | 6): number {
  return size - ipHeaderSize(family) - UDP_HEADER_SIZE;
}

/** Size of the IP packet that carries a datagram of this length. */
export function sizeOfDatagram(length: number, family: 4 | 6): number {
  return length + ipHeaderSize(family) + UDP_HEADER_SIZE;
}

/** @returns `null` for a code of a later version. */
export function errorCodeOf(code: number): ResponderErrorCode | null {
  const found = Object.entries(ERROR_CODES).find(([, number]) => number === code);
  return found === undefined ? null : (found[0] as ResponderErrorCode);
}
