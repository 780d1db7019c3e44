import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COOKIE_LIFETIME_S, Cookies } from '../../../src/responder/cookies.ts';

const SENDER = { address: Uint8Array.of(10, 0, 1, 2), port: 40000 };
const SESSION = new Uint8Array(8).fill(5);
const LIFETIME_MS = COOKIE_LIFETIME_S * 1000;

/** Keys that differ, and are the same in every run. */
function cookies(): Cookies {
  let number = 0;
  return new Cookies((length) => {
    number += 1;
    return new Uint8Array(length).fill(number);
  });
}

describe('a cookie', () => {
  it('is good for its lifetime, whenever it was given, and not longer', () => {
    fc.assert(
      fc.property(fc.nat({ max: 10_000_000 }), fc.nat({ max: 2 * LIFETIME_MS }), (givenAt, later) => {
        const jar = cookies();
        const cookie = jar.give(SENDER, SESSION, givenAt);
        // Somebody else is greeted meanwhile: keys change.
        jar.give({ ...SENDER, port: 1 }, SESSION, givenAt + later);
        const ageS = Math.floor((givenAt + later) / 1000) - Math.floor(givenAt / 1000);
        expect(jar.isGood(cookie, SENDER, SESSION, givenAt + later)).toBe(ageS < COOKIE_LIFETIME_S);
      }),
    );
  });

  it('is of one address, one port, one session', () => {
    const jar = cookies();
    const cookie = jar.give(SENDER, SESSION, 1000);
    expect(jar.isGood(cookie, SENDER, SESSION, 2000)).toBe(true);
    expect(jar.isGood(cookie, { ...SENDER, port: 40001 }, SESSION, 2000)).toBe(false);
    expect(jar.isGood(cookie, { ...SENDER, address: Uint8Array.of(10, 0, 1, 3) }, SESSION, 2000)).toBe(false);
    expect(jar.isGood(cookie, SENDER, new Uint8Array(8), 2000)).toBe(false);
  });

  it('cannot be made up or changed', () => {
    const jar = cookies();
    const cookie = jar.give(SENDER, SESSION, 5000);
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), fc.nat({ max: 15 }), (random, at) => {
        const changed = Uint8Array.from(cookie);
        changed[at] = (changed[at] ?? 0) ^ 1;
        expect(jar.isGood(random, SENDER, SESSION, 5000)).toBe(false);
        expect(jar.isGood(changed, SENDER, SESSION, 5000)).toBe(false);
      }),
    );
  });

  it('is of a key that is gone after twice the lifetime', () => {
    const jar = cookies();
    const cookie = jar.give(SENDER, SESSION, 0);
    const later = jar.give(SENDER, SESSION, 3 * LIFETIME_MS);
    expect(Buffer.compare(cookie, later)).not.toBe(0);
    expect(jar.isGood(cookie, SENDER, SESSION, 0)).toBe(false);
  });
});
