import { describe, expect, it } from 'vitest';
import { CANDIDATES, isCandidate, spread } from '../../../src/search/candidates.ts';

describe('the table of known path MTUs', () => {
  it('gives every size once, largest first, with a reason and a source', () => {
    const sizes = CANDIDATES.map(({ size }) => size);
    expect(sizes).toEqual([...new Set(sizes)].sort((a, b) => b - a));
    for (const { reason, source } of CANDIDATES) expect(reason.length * source.length).toBeGreaterThan(0);
  });

  it('leaves no gap wider than 160 below 1500', () => {
    const sizes = CANDIDATES.map(({ size }) => size).filter((size) => size <= 1500);
    const gaps = sizes.slice(1).map((size, index) => (sizes[index] ?? 0) - size);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(160);
  });

  it('spreads a wave strictly inside its bounds', () => {
    const sizes = spread(1400, 1500, 16);
    expect(sizes).toHaveLength(16);
    expect(Math.max(...sizes)).toBeLessThan(1500);
    expect(Math.min(...sizes)).toBeGreaterThan(1400);
    expect(sizes.filter(isCandidate)).toEqual([1492, 1480, 1460, 1450, 1420]);
  });

  it('gives all that is left when that is little', () => {
    expect(spread(1400, 1404, 16)).toEqual([1403, 1402, 1401]);
    expect(spread(1400, 1401, 16)).toEqual([]);
  });

  it('keeps to the width above 1500 as well', () => {
    expect(spread(576, 9000, 16).length).toBeLessThanOrEqual(16);
    expect(spread(576, 65535, 1)).toHaveLength(1);
  });
});
