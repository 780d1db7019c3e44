/** Which client a Packet Too Big is for, and which of its packets. */

import { isPlausibleNextHopMtu } from '../wire/icmp.ts';
import { MalformedPacketError } from '../wire/malformed.ts';
import { ANSWER_TYPES, sizeOfDatagram } from '../wire/responder.ts';
import { type Answer, answerSize, decodeAnswer } from '../wire/responder-answer.ts';
import { NO_COOKIE } from '../wire/responder-header.ts';
import type { WavePacket } from '../wire/responder-request.ts';
import type { Client } from './clients.ts';
import type { Reply, ReplyParts } from './reply.ts';
import { limitKey, mapped, type Sender } from './sender.ts';

export interface PacketTooBig {
  /** Whom the packet was for. */
  readonly to: Sender;
  /** Who refused it: 4 or 16 bytes. */
  readonly from: Uint8Array;
  readonly nextHopMtu: number;
  /** What is quoted of the datagram, often nothing. */
  readonly quote: Uint8Array;
}

/** @returns `null` when it is for nobody, claims what cannot be, or the client gets too much already. */
export function tell(
  { to, from, nextHopMtu, quote }: PacketTooBig,
  { clients, rates, counters }: ReplyParts,
  now: number,
): { readonly reply: Reply; readonly client: Client } | null {
  const family = to.address.byteLength === 4 ? 4 : 6;
  const quoted = quotedData(quote);
  const client = clients.find(to, quoted?.session ?? null);
  if (client === null) return null;
  const packet = quoted === null ? largestOf(client) : ofWave(client, quoted.id);
  if (packet === null || !isPlausibleNextHopMtu(nextHopMtu, packet.size, family)) return null;
  const { id } = packet;
  // Each packet is spoken of once: whoever forges such messages gets no more out of them.
  client.lastWave = client.lastWave.filter((other) => other.id !== id);
  const answer: Answer = { kind: 'told', id, nextHopMtu, from: mapped(from) };
  if (!rates.take(limitKey(to.address), sizeOfDatagram(answerSize(answer), family), 1, now)) return null;
  counters.told += 1;
  return { reply: { session: client.session, cookie: NO_COOKIE, answer, size: null }, client };
}

/** Without an id it can only be one that is larger; the largest is the first that a router refuses. */
function largestOf({ lastWave }: Client): WavePacket | null {
  return lastWave.reduce<WavePacket | null>(
    (largest, packet) => (largest === null || packet.size > largest.size ? packet : largest),
    null,
  );
}

/** Only who saw the packet quotes its session. One of an earlier wave has been judged without it. */
function ofWave({ lastWave }: Client, id: number): WavePacket | null {
  return lastWave.find((packet) => packet.id === id) ?? null;
}

/** `null` when too little is quoted to say, or it is no packet of a wave. */
function quotedData(quote: Uint8Array): { readonly session: Uint8Array; readonly id: number } | null {
  try {
    const { header, message } = decodeAnswer(quote);
    return header.type === ANSWER_TYPES.data && message.kind === 'data'
      ? { session: header.session, id: message.id }
      : null;
  } catch (error) {
    if (error instanceof MalformedPacketError) return null;
    throw error;
  }
}
