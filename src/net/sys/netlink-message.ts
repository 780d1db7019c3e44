/**
 * Messages of netlink (netlink(7)): a header, the structure of the question, and attributes. Bytes in and out, no socket.
 *
 * What comes in is cut to what it says and to what is there: nothing reads beyond either.
 */

import { LITTLE_ENDIAN, viewOf } from './byte-order.ts';

const NLM_F_REQUEST = 0x1; // linux/netlink.h
export const NLM_F_ACK = 0x4; // linux/netlink.h
/** What was listed changed meanwhile, so that an entry may be missing or be there twice. */
export const NLM_F_DUMP_INTR = 0x10; // linux/netlink.h
export const NLM_F_DUMP = 0x300; // linux/netlink.h, NLM_F_ROOT | NLM_F_MATCH
export const NLM_F_EXCL = 0x200; // linux/netlink.h
export const NLM_F_CREATE = 0x400; // linux/netlink.h

export const NLMSG_ERROR = 2; // linux/netlink.h
export const NLMSG_DONE = 3; // linux/netlink.h
const NLMSG_HEADER_BYTES = 16; // struct nlmsghdr, linux/netlink.h
const ATTRIBUTE_HEADER_BYTES = 4; // struct nlattr, linux/netlink.h
const TYPE_MASK = 0x3fff; // linux/netlink.h, NLA_TYPE_MASK: without NLA_F_NESTED and NLA_F_NET_BYTEORDER

export interface NetlinkMessage {
  readonly type: number;
  readonly flags: number;
  readonly body: Uint8Array;
}

/** By type; of several of one type the last. */
export type Attributes = ReadonlyMap<number, Uint8Array>;

export function encodeMessage(type: number, flags: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const body = Buffer.concat(parts);
  const message = new Uint8Array(NLMSG_HEADER_BYTES + body.byteLength);
  const view = viewOf(message);
  view.setUint32(0, message.byteLength, LITTLE_ENDIAN);
  view.setUint16(4, type, LITTLE_ENDIAN);
  view.setUint16(6, NLM_F_REQUEST | flags, LITTLE_ENDIAN);
  message.set(body, NLMSG_HEADER_BYTES);
  return message;
}

/** With its padding. */
export function encodeAttribute(type: number, value: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(ATTRIBUTE_HEADER_BYTES + align(value.byteLength));
  viewOf(bytes).setUint16(0, ATTRIBUTE_HEADER_BYTES + value.byteLength, LITTLE_ENDIAN);
  viewOf(bytes).setUint16(2, type, LITTLE_ENDIAN);
  bytes.set(value, ATTRIBUTE_HEADER_BYTES);
  return bytes;
}

export function encodeU32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  viewOf(bytes).setUint32(0, value, LITTLE_ENDIAN);
  return bytes;
}

/** All that one read brought. A message that is not wholly there ends them. */
export function decodeMessages(bytes: Uint8Array): NetlinkMessage[] {
  const view = viewOf(bytes);
  const messages: NetlinkMessage[] = [];
  for (let at = 0; at + NLMSG_HEADER_BYTES <= bytes.byteLength; ) {
    const length = view.getUint32(at, LITTLE_ENDIAN);
    if (length < NLMSG_HEADER_BYTES || at + length > bytes.byteLength) break;
    messages.push({
      type: view.getUint16(at + 4, LITTLE_ENDIAN),
      flags: view.getUint16(at + 6, LITTLE_ENDIAN),
      body: bytes.subarray(at + NLMSG_HEADER_BYTES, at + length),
    });
    at += align(length);
  }
  return messages;
}

/** An attribute that is not wholly there ends them. */
export function decodeAttributes(bytes: Uint8Array): Attributes {
  const attributes = new Map<number, Uint8Array>();
  const view = viewOf(bytes);
  for (let at = 0; at + ATTRIBUTE_HEADER_BYTES <= bytes.byteLength; ) {
    const length = view.getUint16(at, LITTLE_ENDIAN);
    if (length < ATTRIBUTE_HEADER_BYTES || at + length > bytes.byteLength) break;
    const type = view.getUint16(at + 2, LITTLE_ENDIAN) & TYPE_MASK;
    attributes.set(type, bytes.subarray(at + ATTRIBUTE_HEADER_BYTES, at + length));
    at += align(length);
  }
  return attributes;
}

/** Those inside of one; none when there is no such attribute. */
export function decodeNested(bytes: Uint8Array | undefined): Attributes {
  return bytes === undefined ? new Map() : decodeAttributes(bytes);
}

/** `null` when there is no such attribute, or it is shorter. */
export function decodeU32(bytes: Uint8Array | undefined): number | null {
  return bytes === undefined || bytes.byteLength < 4 ? null : viewOf(bytes).getUint32(0, LITTLE_ENDIAN);
}

export function decodeI32(bytes: Uint8Array | undefined): number | null {
  return bytes === undefined || bytes.byteLength < 4 ? null : viewOf(bytes).getInt32(0, LITTLE_ENDIAN);
}

/** Up to the zero that ends it. */
export function decodeText(bytes: Uint8Array | undefined): string | null {
  if (bytes === undefined) return null;
  const end = bytes.indexOf(0);
  return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end));
}

/** NLMSG_ALIGN and NLA_ALIGN, linux/netlink.h. */
function align(length: number): number {
  return (length + 3) & ~3;
}
