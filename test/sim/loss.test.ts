/** Chance for hundreds of runs: what it never may come to. */

import { describe, expect, it } from 'vitest';
import { measureSimulated } from './network/measure.ts';
import type { Network } from './network/network.ts';

async function verdicts(network: Network, runs: number): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (let seed = 1; seed <= runs; seed += 1) {
    const { path } = await measureSimulated({ ...network, seed });
    counts.set(path.verdict, (counts.get(path.verdict) ?? 0) + 1);
  }
  return counts;
}

describe('packets lost by chance', () => {
  it('are no black hole in 1000 runs at three in a hundred', async () => {
    const counts = await verdicts({ rttMs: 20, loss: 0.03 }, 1000);
    expect([...counts.keys()].filter((verdict) => verdict !== 'clear' && verdict !== 'inconclusive')).toEqual([]);
    expect(counts.get('clear')).toBeGreaterThanOrEqual(990);
  });

  it('hide no black hole in 100 runs at two in a hundred', async () => {
    const counts = await verdicts({ rttMs: 20, loss: 0.02, reverse: [{ mtu: 1400, silent: true }] }, 100);
    expect(counts.get('clear') ?? 0).toBe(0);
    expect(counts.get('black-hole')).toBeGreaterThanOrEqual(97);
  });
});
