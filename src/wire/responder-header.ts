/**
 * What every datagram between a client and a responder begins with (docs/protocol.md).
 *
 * Frozen for all versions: this header, `hello`, `error`, and the smallest request. So two versions that have nothing
 * else in common can still say that.
 */

import { type Fields, readFields, writeFields } from './layout.ts';
import { MalformedPacketError } from './malformed.ts';
import { COOKIE_SIZE, HEADER, HEADER_SIZE, MAC_SIZE, MAGIC, PROTOCOL_VERSION } from './responder.ts';

const MAC_AT = HEADER_SIZE - MAC_SIZE;

/** What both sides with the same secret make of the same bytes: the first 16 bytes of HMAC-SHA256 (RFC 2104). */
export type Mac = (signed: Uint8Array) => Uint8Array;

export const NO_COOKIE = new Uint8Array(COOKIE_SIZE);
export const NO_MAC = new Uint8Array(MAC_SIZE);

export type Header = Omit<Fields<typeof HEADER>, 'magic' | 'flags'>;

/** Whom a datagram is about, and what proves it. */
export type Envelope = Pick<Header, 'session' | 'cookie'>;

export interface Received<Message> {
  readonly header: Header;
  readonly message: Message;
  /** Length of the body; what follows it is padding. For `signedPart`. */
  readonly bodySize: number;
}

/** Without regard to the version. @throws MalformedPacketError when it is no header of ours. */
export function readHeader(bytes: Uint8Array): Header {
  const { magic, flags: _, ...header } = readFields(bytes, 0, HEADER, 'responder header');
  if (magic !== MAGIC) throw new MalformedPacketError('responder magic', magic);
  return header;
}

/**
 * @param body behind the header. @param length of the whole datagram; what is left is zero.
 * @param mac `null` where there is no secret.
 */
export function datagram(
  header: Omit<Header, 'mac' | 'version'>,
  body: Uint8Array,
  length: number,
  mac: Mac | null,
): Uint8Array {
  const end = HEADER_SIZE + body.byteLength;
  const bytes = new Uint8Array(Math.max(length, end));
  writeFields(bytes, 0, HEADER, { magic: MAGIC, version: PROTOCOL_VERSION, flags: 0, ...header, mac: NO_MAC });
  bytes.set(body, HEADER_SIZE);
  if (mac !== null) bytes.set(mac(bytes.subarray(0, end)).subarray(0, MAC_SIZE), MAC_AT);
  return bytes;
}

/** What the mac of a received datagram has to be made of: header and body, the mac itself zero, no padding. */
export function signedPart(bytes: Uint8Array, bodySize: number): Uint8Array {
  const signed = Uint8Array.from(bytes.subarray(0, HEADER_SIZE + bodySize));
  signed.fill(0, MAC_AT, HEADER_SIZE);
  return signed;
}
