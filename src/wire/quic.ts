/**
 * QUIC without cryptography: a first packet in a version that nobody has. Servers answer it with the versions that they
 * know, and our connection IDs the other way round (RFC 8999 §6, RFC 9000 §6.1).
 */

import { MalformedPacketError } from './malformed.ts';

const LONG_HEADER = 0xc0; // RFC 8999 §5.1, with the fixed bit of RFC 9000 §17.2
/** 0x?a?a?a?a is kept for this (RFC 9000 §15). */
const NO_VERSION = 0x1a2a3a4a;
const ID_BYTES = 8;
/** Servers need not answer anything smaller (RFC 9000 §14.1). */
export const SMALLEST_QUIC_DATAGRAM = 1200;

/** @param id what the answer repeats. @param size of the datagram, `SMALLEST_QUIC_DATAGRAM` at least. */
export function quicGreeting(id: Uint8Array, size: number): Uint8Array {
  const datagram = new Uint8Array(size);
  const view = new DataView(datagram.buffer);
  datagram[0] = LONG_HEADER;
  view.setUint32(1, NO_VERSION);
  datagram[5] = ID_BYTES;
  datagram.set(id.subarray(0, ID_BYTES), 6);
  datagram[14] = ID_BYTES;
  datagram.set(id.subarray(0, ID_BYTES), 15);
  return datagram;
}

/** @returns the connection ID that the greeting had. @throws MalformedPacketError when it is no version negotiation. */
export function parseVersionNegotiation(datagram: Uint8Array): Uint8Array {
  if (datagram.byteLength < 23) throw new MalformedPacketError('QUIC datagram length', datagram.byteLength);
  const view = new DataView(datagram.buffer, datagram.byteOffset, datagram.byteLength);
  const [first = 0] = datagram;
  if ((first & 0x80) === 0 || view.getUint32(1) !== 0)
    throw new MalformedPacketError('QUIC version', view.getUint32(1));
  if (datagram[5] !== ID_BYTES) throw new MalformedPacketError('QUIC connection ID length', datagram[5] ?? 0);
  return datagram.subarray(6, 6 + ID_BYTES);
}
