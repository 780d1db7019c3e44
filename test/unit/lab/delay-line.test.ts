import { describe, expect, it } from 'vitest';
import { delayLine } from '../../../src/lab/delay-line.ts';

const packet = Buffer.from('packet');

describe('a delay line', () => {
  it('holds a packet for its delay, and gives it out once', () => {
    const line = delayLine({ delayMs: 25, lossPercent: 0 }, 1);
    line.take(packet, 100);
    expect(line.nextDueMs()).toBe(125);
    expect(line.release(124.9)).toBeNull();
    expect(line.release(125)).toBe(packet);
    expect(line.release(125)).toBeNull();
    expect(line.nextDueMs()).toBeNull();
  });

  it('keeps the order', () => {
    const line = delayLine({ delayMs: 10, lossPercent: 0 }, 1);
    const packets = [1, 2, 3].map((byte) => Buffer.of(byte));
    for (const [index, each] of packets.entries()) line.take(each, index);
    expect([line.release(50), line.release(50), line.release(50)]).toEqual(packets);
  });

  it('lets others overtake a packet that is held', () => {
    const line = delayLine({ delayMs: 10, lossPercent: 0 }, 1);
    const [held, next, last] = [1, 2, 3].map((byte) => Buffer.of(byte)) as [Buffer, Buffer, Buffer];
    line.take(held, 0, 5);
    line.take(next, 1);
    line.take(last, 6);
    expect(line.nextDueMs()).toBe(11);
    expect([line.release(20), line.release(20), line.release(20)]).toEqual([next, held, last]);
  });

  it('loses the share it is asked to, the same packets for the same seed', () => {
    const survivors = (seed: number): number[] => {
      const line = delayLine({ delayMs: 0, lossPercent: 3 }, seed);
      return Array.from({ length: 10_000 }, (_, number) => number).filter((number) => {
        line.take(packet, number);
        return line.release(number) !== null;
      });
    };
    expect(survivors(7)).toEqual(survivors(7));
    expect(survivors(7)).not.toEqual(survivors(8));
    expect(10_000 - survivors(7).length).toBeGreaterThan(230); // 300 ± 4 standard deviations of 17
    expect(10_000 - survivors(7).length).toBeLessThan(370);
  });
});
