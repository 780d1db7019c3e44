/** How much may leave: token buckets on bytes and packets, for all clients together, for each address, for strangers. */

import { Lru } from './lru.ts';

/** What fills at an even pace up to a brim, and is taken from. */
class Bucket {
  readonly #perMs: number;
  readonly #brim: number;
  #level: number;
  #at: number;

  constructor(perSecond: number, brim: number, now: number) {
    this.#perMs = perSecond / 1000;
    this.#brim = brim;
    this.#level = brim;
    this.#at = now;
  }

  has(amount: number, now: number): boolean {
    this.#level = Math.min(this.#brim, this.#level + Math.max(0, now - this.#at) * this.#perMs);
    this.#at = now;
    return this.#level >= amount;
  }

  take(amount: number): void {
    this.#level -= amount;
  }
}

const LARGEST_PACKET = 65535; // RFC 791 §3.1: else the largest packet could never leave
const LONGEST_WAVE = 64; // MOST_WAVE_PACKETS of the protocol
/** Small packets cost as much work as large ones: their number is bounded as if each had this many bytes. */
const BYTES_PER_PACKET = 256;

class Allowance {
  readonly #bytes: Bucket;
  readonly #packets: Bucket;

  constructor(bytesPerSecond: number, now: number) {
    const packetsPerSecond = bytesPerSecond / BYTES_PER_PACKET;
    // A second's worth may leave at once: a measurement comes in waves.
    this.#bytes = new Bucket(bytesPerSecond, Math.max(bytesPerSecond, LARGEST_PACKET), now);
    this.#packets = new Bucket(packetsPerSecond, Math.max(packetsPerSecond, LONGEST_WAVE), now);
  }

  has(bytes: number, packets: number, now: number): boolean {
    return this.#bytes.has(bytes, now) && this.#packets.has(packets, now);
  }

  take(bytes: number, packets: number): void {
    this.#bytes.take(bytes);
    this.#packets.take(packets);
  }
}

/** Strangers cannot be told apart, so that a flood of them gets this share, and takes nothing from clients. */
const STRANGERS_SHARE = 1 / 8;
/** No address gets more, so that a few others are served as well. */
const ADDRESS_SHARE = 1 / 4;

export class Rates {
  readonly #addressRate: number;
  readonly #clients: Allowance;
  readonly #strangers: Allowance;
  readonly #addresses: Lru<Allowance>;

  /** @param maxRate bytes per second of all that leaves: over UDP with IP headers, over TCP without them. @param addresses remembered at most. */
  constructor(maxRate: number, addresses: number, now: number) {
    this.#addressRate = maxRate * ADDRESS_SHARE;
    this.#clients = new Allowance(maxRate * (1 - STRANGERS_SHARE), now);
    this.#strangers = new Allowance(maxRate * STRANGERS_SHARE, now);
    this.#addresses = new Lru(addresses);
  }

  /** Whether a client may be sent this much, which then counts as sent. */
  take(address: string, bytes: number, packets: number, now: number): boolean {
    const own = this.#allowanceOf(address, now);
    if (!own.has(bytes, packets, now) || !this.#clients.has(bytes, packets, now)) return false;
    own.take(bytes, packets);
    this.#clients.take(bytes, packets);
    return true;
  }

  /** The same for whoever has not proved that it can receive, and for errors. */
  takeForStranger(bytes: number, now: number): boolean {
    if (!this.#strangers.has(bytes, 1, now)) return false;
    this.#strangers.take(bytes, 1);
    return true;
  }

  #allowanceOf(address: string, now: number): Allowance {
    const known = this.#addresses.get(address);
    if (known !== undefined) return known;
    const allowance = new Allowance(this.#addressRate, now);
    this.#addresses.set(address, allowance);
    return allowance;
  }
}
