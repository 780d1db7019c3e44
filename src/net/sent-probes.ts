/** What a channel has sent, and which of it an ICMP message speaks of. */

import { randomBytes } from 'node:crypto';
import type { Family } from '../contract.ts';
import type { DatagramEvent, PathTarget, ProbeId } from '../measure/channel.ts';
import { type IcmpMessage, isPlausibleNextHopMtu } from '../wire/icmp.ts';
import { parseQuoted, type QuotedPacket } from '../wire/quoted.ts';
import { NONCE_SIZE, readToken, TOKEN_SIZE, writeToken } from '../wire/token.ts';
import { addressBytes } from './sys/sockaddr.ts';

/** Finds the probe that a quoted packet was; `null` when it is none of this channel's. */
export type ProbeOfQuote = (quoted: QuotedPacket) => ProbeId | null;

export class SentProbes {
  readonly family: Family;
  readonly #address: Uint8Array;
  readonly #localPorts: ReadonlySet<number>;
  readonly #nonce = randomBytes(NONCE_SIZE);
  readonly #sizes = new Map<ProbeId, number>();
  readonly #bySequence = new Map<number, ProbeId>();

  /** @param localPorts ports of our TCP connections on the same path. */
  constructor(path: PathTarget, localPorts: ReadonlySet<number>) {
    this.family = path.family;
    this.#address = addressBytes(path.address);
    this.#localPorts = localPorts;
  }

  /** Registers a probe. @returns its payload: the token, then random bytes that no link can compress. */
  payload(id: ProbeId, size: number, headerSize: number): Uint8Array {
    this.#sizes.set(id, size);
    this.#bySequence.set(sequenceOf(id), id);
    const payload = randomBytes(Math.max(TOKEN_SIZE, size - headerSize));
    writeToken(payload, this.#nonce, id);
    return payload;
  }

  /** @returns the probe that this sequence number and payload, as far as it goes, belong to. */
  match(sequence: number, payload: Uint8Array): { readonly id: ProbeId; readonly whole: boolean } | null {
    const id = this.#bySequence.get(sequence);
    const token = readToken(payload, this.#nonce);
    if (id === undefined || token === null || (token !== 'cut' && token !== id)) return null;
    return { id, whole: token !== 'cut' };
  }

  /** @returns the probe whose token a payload begins with, where enough of it was quoted. */
  byToken(payload: Uint8Array): ProbeId | null {
    const token = readToken(payload, this.#nonce);
    return typeof token === 'number' && this.#sizes.has(token) ? token : null;
  }

  isTarget(address: Uint8Array): boolean {
    return address.every((byte, at) => byte === this.#address[at]);
  }

  /** A Packet Too Big claims something; only what could be true of this probe is passed on. */
  tooBig(id: ProbeId, nextHopMtu: number, from: string): DatagramEvent | null {
    const size = this.#sizes.get(id);
    if (size === undefined || !isPlausibleNextHopMtu(nextHopMtu, size, this.family)) return null;
    return { kind: 'packet-too-big', quoted: { id }, from, nextHopMtu };
  }

  /**
   * An ICMP error that quotes a packet of ours; `null` when it does not, or claims what cannot be.
   *
   * @throws MalformedPacketError when the quote is no packet.
   */
  error(
    message: Extract<IcmpMessage, { kind: 'packet-too-big' | 'unreachable' | 'time-exceeded' }>,
    from: string,
    probeOf: ProbeOfQuote,
  ): DatagramEvent | null {
    const quoted = parseQuoted(message.quote, this.family);
    if (!this.isTarget(quoted.destination)) return null;
    const id = probeOf(quoted);
    if (message.kind !== 'packet-too-big') return id === null ? null : { kind: message.kind, id, from };
    if (id !== null) return this.tooBig(id, message.nextHopMtu, from);
    const { nextHopMtu } = message;
    if (quoted.kind !== 'tcp' || !this.#localPorts.has(quoted.sourcePort)) return null;
    if (!isPlausibleNextHopMtu(nextHopMtu, quoted.size, this.family)) return null;
    return { kind: 'packet-too-big', quoted: { localPort: quoted.sourcePort }, from, nextHopMtu };
  }
}

/** Where an identity has 16 bits only: the ICMP sequence number. */
export function sequenceOf(id: ProbeId): number {
  return id & 0xffff;
}
