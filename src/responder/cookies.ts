/**
 * Cookies: who sends one back has received it at its address. The responder remembers nothing of them.
 *
 * ```
 * given at (u32, seconds) │ first 12 bytes of HMAC-SHA256(key, given at, address, port, session)
 * ```
 */

import { createHmac } from 'node:crypto';
import { isSame } from '../secret.ts';
import { COOKIE_SIZE } from '../wire/responder.ts';
import { mapped, type Sender } from './sender.ts';

/** Longer than a measurement waits for anything, shorter than an address is passed on to somebody else. */
export const COOKIE_LIFETIME_S = 30;
const GIVEN_BYTES = 4;
const KEY_BYTES = 32; // RFC 2104 §3: no less than the hash is long

interface Key {
  readonly epoch: number;
  readonly bytes: Uint8Array;
}

export class Cookies {
  readonly #random: (length: number) => Uint8Array;
  /** Of this epoch and, while its cookies are good, of the one before. */
  #keys: readonly Key[] = [];

  constructor(random: (length: number) => Uint8Array) {
    this.#random = random;
  }

  /** @param now in milliseconds of a clock that only goes forward. */
  give(sender: Sender, session: Uint8Array, now: number): Uint8Array {
    const givenAt = Math.floor(now / 1000);
    return cookie(this.#keyOf(givenAt), givenAt, sender, session);
  }

  isGood(presented: Uint8Array, sender: Sender, session: Uint8Array, now: number): boolean {
    const givenAt = Buffer.from(presented).readUInt32BE();
    const age = Math.floor(now / 1000) - givenAt;
    if (age < 0 || age >= COOKIE_LIFETIME_S) return false;
    const key = this.#keys.find(({ epoch }) => epoch === epochOf(givenAt));
    return key !== undefined && isSame(cookie(key, givenAt, sender, session), presented);
  }

  #keyOf(givenAt: number): Key {
    const epoch = epochOf(givenAt);
    const known = this.#keys.find((key) => key.epoch === epoch);
    if (known !== undefined) return known;
    const key = { epoch, bytes: this.#random(KEY_BYTES) };
    this.#keys = [key, ...this.#keys.filter((old) => old.epoch === epoch - 1)];
    return key;
  }
}

/** Keys change as often as cookies become old: what an attacker collects is of no use after that. */
function epochOf(givenAt: number): number {
  return Math.floor(givenAt / COOKIE_LIFETIME_S);
}

function cookie(key: Key, givenAt: number, { address, port }: Sender, session: Uint8Array): Uint8Array {
  const ends = Buffer.alloc(GIVEN_BYTES + 2);
  ends.writeUInt32BE(givenAt);
  ends.writeUInt16BE(port, GIVEN_BYTES);
  const hash = createHmac('sha256', key.bytes).update(ends).update(mapped(address)).update(session).digest();
  return Buffer.concat([ends.subarray(0, GIVEN_BYTES), hash], COOKIE_SIZE);
}
