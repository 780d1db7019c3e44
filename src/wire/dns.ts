/**
 * DNS questions of any size (RFC 1035, RFC 6891): one that every server answers somehow, padded as RFC 7830 has it.
 */

import { MalformedPacketError } from './malformed.ts';

const HEADER = 12; // RFC 1035 §4.1.1
const RECURSION_DESIRED = 0x0100; // RFC 1035 §4.1.1
const RESPONSE = 0x8000; // RFC 1035 §4.1.1, QR
/** The root's name servers: the smallest question that every server knows (RFC 9609). */
const QUESTION = [0, 0, 2, 0, 1];
const OPT = 41; // RFC 6891 §6.1.1
const PADDING = 12; // RFC 7830 §3
/** What the answer may have: far below any path MTU (DNS Flag Day 2020). */
const LARGEST_ANSWER = 1232;
/** OPT record without options, and the header of one option. */
const OPT_BYTES = 11;
const OPTION_HEADER = 4;

export const SMALLEST_DNS_QUERY = HEADER + QUESTION.length + OPT_BYTES + OPTION_HEADER;

/** @param id 16 bits that the answer repeats. @param size of the whole message, `SMALLEST_DNS_QUERY` at least. */
export function dnsQuery(id: number, size: number): Uint8Array {
  const padding = size - SMALLEST_DNS_QUERY;
  const message = new Uint8Array(size);
  const view = new DataView(message.buffer);
  view.setUint16(0, id);
  view.setUint16(2, RECURSION_DESIRED);
  view.setUint16(4, 1); // questions
  view.setUint16(10, 1); // additional records
  message.set(QUESTION, HEADER);
  const opt = HEADER + QUESTION.length;
  view.setUint16(opt + 1, OPT);
  view.setUint16(opt + 3, LARGEST_ANSWER);
  view.setUint16(opt + 9, OPTION_HEADER + padding);
  view.setUint16(opt + 11, PADDING);
  view.setUint16(opt + 13, padding);
  return message;
}

/**
 * Any answer proves that the question arrived: a refusal and a format error do as well.
 *
 * @returns the id of the question. @throws MalformedPacketError when it is no answer.
 */
export function parseDnsAnswer(message: Uint8Array): number {
  if (message.byteLength < HEADER) throw new MalformedPacketError('DNS message length', message.byteLength);
  const view = new DataView(message.buffer, message.byteOffset, message.byteLength);
  const flags = view.getUint16(2);
  if ((flags & RESPONSE) === 0) throw new MalformedPacketError('DNS flags', flags);
  return view.getUint16(0);
}
