import { describe, expect, it } from 'vitest';
import { type HopAnswer, HopWave, hopProbes, placeOf, routersPassed } from '../../../src/search/hop-rule.ts';

const SIZES = { passing: 1400, failing: 1401 };
const [HERE, THERE] = ['10.0.1.2', '198.51.100.70'];

/** Routers R1, R2 … and then the target; large ones are answered up to hop `large`. */
function traced(routers: number, large: number, silent: readonly number[] = []): HopWave {
  const probes = hopProbes(SIZES, 8);
  const wave = new HopWave(probes, SIZES.failing, 0);
  for (const { id, hops, size } of probes) {
    if (silent.includes(hops) || (size === SIZES.failing && hops > large)) continue;
    const answer: HopAnswer = hops > routers ? { kind: 'arrived' } : { kind: 'time-exceeded', from: `R${hops}` };
    wave.onAnswer(id, answer, 10);
  }
  return wave;
}

describe('hop search', () => {
  it('sends all at once, large ones first and more than once', () => {
    expect(hopProbes(SIZES, 2).map(({ hops, size }) => `${hops}:${size}`)).toEqual([
      ...['1:1401', '1:1401', '1:1401', '2:1401', '2:1401', '2:1401'],
      ...['1:1400', '2:1400'],
    ]);
  });

  it('names the last hop that large packets reach, and the next one', () => {
    expect(placeOf(traced(4, 2).trace, HERE, THERE)).toEqual({
      last: { ttl: 2, address: 'R2' },
      next: { ttl: 3, address: 'R3' },
    });
  });

  it('names this host and the target where those are the ends', () => {
    expect(placeOf(traced(1, 0).trace, HERE, THERE)?.last).toEqual({ ttl: 0, address: HERE });
    expect(placeOf(traced(1, 1).trace, HERE, THERE)?.next).toEqual({ ttl: 2, address: THERE });
  });

  it('leaves out a router that says nothing', () => {
    expect(placeOf(traced(4, 2, [3]).trace, HERE, THERE)?.next).toEqual({ ttl: 4, address: 'R4' });
  });

  it('names no place where large packets arrive, or nobody beyond answers', () => {
    expect(placeOf(traced(2, 8).trace, HERE, THERE)).toBeNull();
    expect(placeOf(traced(4, 2, [3, 4, 5, 6, 7, 8]).trace, HERE, THERE)).toBeNull();
    expect(placeOf([], HERE, THERE)).toBeNull();
  });

  it('does not go on behind the target', () => {
    expect(traced(2, 1).trace.map(({ ttl }) => ttl)).toEqual([1, 2, 3]);
  });

  it('waits for a round trip, and a guard behind the last answer', () => {
    const timing = { rttMs: 50, jitterMs: 0 };
    expect(new HopWave([], 1500, 0).deadline(timing)).toBe(110);
    expect(new HopWave([], 1500, 0).deadline(null)).toBe(1500);
    const probes = hopProbes(SIZES, 1);
    const wave = new HopWave(probes, SIZES.failing, 0);
    wave.onAnswer(0, { kind: 'arrived' }, 120);
    wave.onAnswer(0, { kind: 'arrived' }, 140);
    wave.onAnswer(99, { kind: 'arrived' }, 160);
    expect(wave.deadline(timing)).toBe(180);
  });

  it('reads from a TTL how many routers a packet came through', () => {
    expect([64, 57, 120, 255, 250, 1].map(routersPassed)).toEqual([0, 7, 8, 0, 5, 63]);
  });
});
