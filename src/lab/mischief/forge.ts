/** Packets that an attacker on the path makes out of one that passes by. Pure: the same packet, the same forgery. */

import { ipHeaderSize } from '../../wire/header-size.ts';
import { ICMP_TYPES } from '../../wire/icmp.ts';
import { type Packet, PROTOCOL, putTogether, takeApart } from './packet.ts';

/**
 * What a forged Packet Too Big quotes.
 * - `exact`: the packet as it passed; nobody can tell it from a router's word.
 * - `cut`: as `exact`, and no more than RFC 792 asks for: 64 bits behind the IP header.
 * - `sequence`: the right addresses and ports (identifier), another sequence number.
 * - `token`: all right but what lies behind the first 64 bits.
 * - `port`: another port or identifier of the sender.
 * - `destination`: another far end.
 * - `echo-reply`: that the victim had answered a ping; a host that is asked keeps no record of what it answered.
 */
export type Quote = 'exact' | 'cut' | 'sequence' | 'token' | 'port' | 'destination' | 'echo-reply';

/** What a forged echo reply gets wrong. `token`: its payload; `unasked`: it answers a sequence number never sent. */
export type ReplyFault = 'token' | 'unasked';

/** What a forged Packet Too Big is about. */
export type Subject = 'tcp' | 'ping' | 'other';

const QUOTED_4 = 576 - 28; // RFC 1812 §4.3.2.3: the whole message within 576 bytes
const QUOTED_6 = 1280 - 48; // RFC 4443 §3.2: within the least MTU
const RST_ACK = 0x14; // RFC 9293 §3.1
const TCP_HEADER = 20; // RFC 9293 §3.1
const LEAST_QUOTED = 8; // RFC 792

/** A ping is an echo request: of its reply nobody keeps a record, and any quote of one is believed. */
export function subjectOf(packet: Uint8Array): Subject {
  const { family, protocol, body } = takeApart(packet);
  if (protocol === PROTOCOL.tcp) return 'tcp';
  return protocol === PROTOCOL.icmp[family] && body[0] === ICMP_TYPES[family].echoRequest ? 'ping' : 'other';
}

/** A Packet Too Big about `packet` to its sender, from a router at `speaker`. */
export function packetTooBig(packet: Uint8Array, nextHopMtu: number, quote: Quote, speaker: Uint8Array): Buffer {
  const { family, source } = takeApart(packet);
  const quoted = misquote(packet, quote).subarray(0, family === 4 ? QUOTED_4 : QUOTED_6);
  const body = Buffer.alloc(8 + quoted.byteLength);
  body.set(family === 4 ? [ICMP_TYPES[4].packetTooBig, 4] : [ICMP_TYPES[6].packetTooBig, 0]);
  body.writeUInt32BE(nextHopMtu, 4); // RFC 1191 §4: the high 16 bits stay zero
  body.set(quoted, 8);
  return putTogether({ family, source: speaker, destination: source, protocol: PROTOCOL.icmp[family], body });
}

function misquote(packet: Uint8Array, quote: Quote): Buffer {
  const quoted = Buffer.from(packet);
  const { family, protocol } = takeApart(packet);
  const at = ipHeaderSize(family);
  const isTcp = protocol === PROTOCOL.tcp;
  switch (quote) {
    case 'exact':
      return quoted;
    case 'cut':
      return quoted.subarray(0, at + LEAST_QUOTED);
    case 'sequence':
      // Half of the sequence space away is in nobody's window (RFC 9293 §3.4).
      if (isTcp) quoted.writeUInt32BE((quoted.readUInt32BE(at + 4) ^ 0x80000000) >>> 0, at + 4);
      else quoted.writeUInt16BE(quoted.readUInt16BE(at + 6) ^ 0x8000, at + 6);
      return quoted;
    case 'token':
      return Buffer.from(quoted.map((byte, index) => (index < at + LEAST_QUOTED ? byte : byte ^ 0xff)));
    case 'port': {
      const port = protocol === PROTOCOL.icmp[family] ? at + 4 : at;
      quoted.writeUInt16BE(quoted.readUInt16BE(port) ^ 1, port);
      return quoted;
    }
    case 'destination':
      quoted[at - 1] = (quoted[at - 1] ?? 0) ^ 1;
      return quoted;
    case 'echo-reply':
      return answered(packet);
  }
}

/** The packet with an echo reply of about the same length in the place of its body. */
function answered(packet: Uint8Array): Buffer {
  const { family, ...rest } = takeApart(packet);
  const body = Buffer.alloc(Math.max(LEAST_QUOTED, rest.body.byteLength));
  body[0] = ICMP_TYPES[family].echoReply;
  return putTogether({ ...rest, family, protocol: PROTOCOL.icmp[family], body });
}

/** A reply to an echo request that does not fit it; `null` for any other packet. */
export function falseReply(packet: Uint8Array, fault: ReplyFault): Buffer | null {
  const request = takeApart(packet);
  const { family, source, destination, protocol } = request;
  if (protocol !== PROTOCOL.icmp[family] || request.body[0] !== ICMP_TYPES[family].echoRequest) return null;
  const body = Buffer.from(request.body);
  body[0] = ICMP_TYPES[family].echoReply;
  if (fault === 'unasked') body.writeUInt16BE(body.readUInt16BE(6) ^ 0x8000, 6);
  else for (let at = 8; at < body.byteLength; at += 1) body[at] = (body[at] ?? 0) ^ 0xff;
  return putTogether({ family, source: destination, destination: source, protocol, body });
}

/**
 * Two resets out of one TCP segment that carries data, each with the very sequence number that its receiver expects
 * (RFC 5961 §3.2): to whom the segment goes, and to whom it came from. `null` for any other packet.
 */
export function resets(packet: Uint8Array): { readonly onward: Buffer; readonly back: Buffer } | null {
  const segment = dataSegment(packet);
  if (segment === null) return null;
  const { family, source, destination, body } = segment;
  const back = { family, source: destination, destination: source, protocol: PROTOCOL.tcp };
  const onward = { family, source, destination, protocol: PROTOCOL.tcp };
  const [ports, swapped] = [[0, 1, 2, 3] as const, [2, 3, 0, 1] as const].map((order) =>
    order.map((at) => body[at] ?? 0),
  );
  const [sequence, acknowledged] = [body.readUInt32BE(4), body.readUInt32BE(8)];
  return {
    onward: putTogether({ ...onward, body: reset(ports ?? [], sequence, acknowledged) }),
    back: putTogether({ ...back, body: reset(swapped ?? [], acknowledged, sequence) }),
  };
}

function reset(ports: readonly number[], sequence: number, acknowledged: number): Buffer {
  const body = Buffer.alloc(TCP_HEADER);
  body.set(ports);
  body.writeUInt32BE(sequence, 4);
  body.writeUInt32BE(acknowledged, 8);
  body.set([(TCP_HEADER / 4) << 4, RST_ACK], 12);
  return body;
}

function dataSegment(bytes: Uint8Array): (Packet & { readonly body: Buffer }) | null {
  const packet = takeApart(bytes);
  if (packet.protocol !== PROTOCOL.tcp) return null;
  const body = Buffer.from(packet.body);
  return body.byteLength > TCP_HEADER && body.byteLength > (body.readUInt8(12) >> 4) * 4 ? { ...packet, body } : null;
}
