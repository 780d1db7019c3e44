import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Lru } from '../../../src/responder/lru.ts';
import { Rates } from '../../../src/responder/rates.ts';
import { UsedIds } from '../../../src/responder/used-ids.ts';

const RATE = 1_000_000;

describe('rates', () => {
  it('let no more through than the rate and what may leave at once', () => {
    const ask = fc.record({
      who: fc.constantFrom('a', 'b', 'c', 'd', 'e', null),
      bytes: fc.nat({ max: 65535 }),
      pause: fc.nat({ max: 50 }),
    });
    fc.assert(
      fc.property(fc.array(ask, { maxLength: 400 }), (asks) => {
        const rates = new Rates(RATE, 100, 0);
        let now = 0;
        let sent = 0;
        for (const { who, bytes, pause } of asks) {
          now += pause;
          const may = who === null ? rates.takeForStranger(bytes, now) : rates.take(who, bytes, 1, now);
          if (may) sent += bytes;
          expect(sent).toBeLessThanOrEqual(RATE + (RATE * now) / 1000);
        }
      }),
    );
  });

  it('give one address a quarter, and strangers an eighth of their own', () => {
    const rates = new Rates(RATE, 100, 0);
    let ofOne = 0;
    while (rates.take('a', 1000, 1, 0)) ofOne += 1000;
    expect(ofOne).toBe(RATE / 4);
    let ofStrangers = 0;
    while (rates.takeForStranger(1000, 0)) ofStrangers += 1000;
    expect(ofStrangers).toBe(RATE / 8);
    expect(rates.take('b', 1000, 1, 0)).toBe(true);
    expect(rates.take('a', 1000, 1, 0)).toBe(false);
    expect(rates.take('a', 1000, 1, 10)).toBe(true);
  });

  it('count packets as well as bytes', () => {
    const rates = new Rates(RATE, 100, 0);
    let packets = 0;
    while (rates.take('a', 1, 1, 0)) packets += 1;
    expect(packets).toBe(Math.floor(RATE / 4 / 256));
  });

  it('let the largest packet and one wave through however low they are', () => {
    const rates = new Rates(100, 100, 0);
    expect(rates.take('a', 65535, 1, 0)).toBe(true);
    expect(new Rates(100, 100, 0).take('a', 64 * 80, 64, 0)).toBe(true);
  });
});

describe('what is remembered', () => {
  it('is bounded, and what was used longest ago goes first', () => {
    const lru = new Lru<number>(2);
    lru.set('a', 1);
    lru.set('b', 2);
    expect(lru.get('a')).toBe(1);
    lru.set('c', 3);
    expect([lru.size, lru.get('a'), lru.get('b'), lru.get('c')]).toEqual([2, 1, undefined, 3]);
    lru.forget((value) => value === 1);
    expect([...lru.values()]).toEqual([3]);
  });
});

describe('a number', () => {
  it('is used once, in whatever order within the window', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 3000 }), { maxLength: 300 }), (ids) => {
        const used = new UsedIds();
        const seen = new Set<number>();
        let highest = -1;
        for (const id of ids) {
          const isTooOld = id <= highest - 1024;
          expect(used.use(id)).toBe(!isTooOld && !seen.has(id));
          seen.add(id);
          highest = Math.max(highest, id);
        }
      }),
    );
  });

  it('may be as large as they come', () => {
    const used = new UsedIds();
    expect([used.use(0xffffffff), used.use(0xffffffff), used.use(0xfffffffe), used.use(1)]).toEqual([
      true,
      false,
      true,
      false,
    ]);
  });
});
