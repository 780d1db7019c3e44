/** Services over UDP that answer anybody, and how their answers are told apart. */

import { randomBytes } from 'node:crypto';
import type { DatagramEvent, ProbeId } from '../measure/channel.ts';
import { dnsQuery, parseDnsAnswer, SMALLEST_DNS_QUERY } from '../wire/dns.ts';
import { parseVersionNegotiation, quicGreeting, SMALLEST_QUIC_DATAGRAM } from '../wire/quic.ts';

export interface UdpService {
  readonly method: 'udp-dns' | 'udp-quic' | 'udp-responder';
  /** Bytes of the smallest question. */
  readonly smallest: number;
  question(id: ProbeId, size: number): Uint8Array;
  /** @throws MalformedPacketError when it is no answer. @returns what it says; empty when it is to none of ours. */
  answered(message: Uint8Array): readonly DatagramEvent[];
  /** Why questions were left unanswered, where it said so. */
  refusal?(): string | null;
  /** The question that a quote begins with. */
  quoted(question: Uint8Array): ProbeId | null;
}

const DNS_PORT = 53; // RFC 1035 §4.2.1
export const QUIC_PORT = 443; // RFC 9114 §3.1

/** DNS on its own port, QUIC on any other. */
export function serviceAt(port: number): UdpService {
  return port === DNS_PORT ? dns() : quic();
}

function dns(): UdpService {
  const [high = 0, low = 0] = randomBytes(2);
  const first = (high << 8) | low;
  const idOf = (word: number): ProbeId => (word - first) & 0xffff;
  return {
    method: 'udp-dns',
    smallest: SMALLEST_DNS_QUERY,
    question: (id, size) => dnsQuery((first + id) & 0xffff, size),
    answered: (message) => [reply(idOf(parseDnsAnswer(message)))],
    quoted: ([high_, low_]) => (high_ === undefined || low_ === undefined ? null : idOf((high_ << 8) | low_)),
  };
}

function quic(): UdpService {
  const nonce = randomBytes(8);
  const connectionId = (id: ProbeId): Uint8Array => {
    const bytes = Uint8Array.from(nonce);
    new DataView(bytes.buffer).setUint32(4, id);
    return bytes;
  };
  const idOf = (bytes: Uint8Array): ProbeId | null => {
    if (bytes.byteLength < 8 || !bytes.subarray(0, 4).every((byte, at) => byte === nonce[at])) return null;
    return new DataView(bytes.buffer, bytes.byteOffset, 8).getUint32(4);
  };
  return {
    method: 'udp-quic',
    smallest: SMALLEST_QUIC_DATAGRAM,
    question: (id, size) => quicGreeting(connectionId(id), size),
    answered: (message) => {
      const id = idOf(parseVersionNegotiation(message));
      return id === null ? [] : [reply(id)];
    },
    quoted: (question) => idOf(question.subarray(6, 14)),
  };
}

function reply(id: ProbeId): DatagramEvent {
  return { kind: 'reply', id, hopsLeft: null };
}
