import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { measureSimulated } from './network/measure.ts';
import type { Link, Network } from './network/network.ts';

const MTUS = [1500, 1492, 1480, 1460, 1450, 1442, 1420, 1400, 1380, 1350, 1300, 1280];

const link = fc.record({
  mtu: fc.oneof(fc.constantFrom(...MTUS), fc.integer({ min: 1280, max: 1500 })),
  silent: fc.boolean(),
});
const network = fc.record({
  family: fc.constantFrom<4 | 6>(4, 6),
  forward: fc.array(link, { minLength: 1, maxLength: 4 }),
  reverse: fc.array(link, { minLength: 1, maxLength: 4 }),
  rttMs: fc.integer({ min: 1, max: 300 }),
  engine: fc.constantFrom('icmp-raw' as const, 'icmp-ping' as const, null),
});

/** The narrowest link decides; shares nothing with the search. */
function truthOf(links: readonly Link[], ceiling = 1500): number {
  return Math.min(ceiling, ...links.map(({ mtu }) => mtu));
}

async function checkHonest(given: Network): Promise<void> {
  const { path } = await measureSimulated(given);
  for (const direction of ['forward', 'reverse'] as const) {
    const truth = truthOf(given[direction] ?? []);
    const { pathMtu, exact } = path[direction];
    expect(pathMtu ?? 0).toBeLessThanOrEqual(truth);
    if (exact) expect(pathMtu).toBe(truth);
    const narrowest = (given[direction] ?? []).filter(({ mtu }) => mtu === truth);
    // Just above the truth every packet meets one of these, and nobody says so.
    if (truth < 1500 && narrowest.every(({ silent }) => silent === true)) {
      expect(['silent', 'unknown', 'not-exercised']).toContain(path[direction].behaviour);
    }
  }
}

describe('on any network', () => {
  it('is exact where no probe is lost, and never above the truth', async () => {
    await fc.assert(
      fc.asyncProperty(network, async (given) => {
        const { path } = await measureSimulated(given);
        expect(path.reverse).toMatchObject({ pathMtu: truthOf(given.reverse), exact: true });
        // Without an engine that leaves no trace there may be too few connections left to be exact.
        if (given.engine === 'icmp-raw') expect(path.forward.exact).toBe(true);
        await checkHonest(given);
      }),
      { numRuns: 60, seed: 1 },
    );
  });

  it('stays under its bounds of waves and connections', async () => {
    await fc.assert(
      fc.asyncProperty(network, async (given) => {
        const { path, waves } = await measureSimulated(given);
        const by = (method: string): number => waves.filter((wave) => wave.startsWith(`${method} `)).length;
        expect(by('tcp-mss')).toBeLessThanOrEqual(7);
        expect(by('tcp-segment')).toBeLessThanOrEqual(given.engine === 'icmp-raw' ? 7 : 21);
        expect(by('icmp-raw')).toBeLessThanOrEqual(6);
        expect(path.cost.connections).toBeLessThanOrEqual(80);
      }),
      { numRuns: 60, seed: 2 },
    );
  });

  it('never ends above the truth when packets are lost, and never calls a clean path broken', async () => {
    const lossy = fc.record({ seed: fc.integer({ min: 1, max: 2 ** 31 }), loss: fc.constantFrom(0.01, 0.03, 0.05) });
    await fc.assert(
      fc.asyncProperty(lossy, network, async (loss, given) => {
        await checkHonest({ ...given, ...loss });
        const { path } = await measureSimulated({ ...loss, rttMs: given.rttMs });
        expect(loss.loss > 0.03 ? ['clear', 'inconclusive'] : ['clear']).toContain(path.verdict);
      }),
      { numRuns: 60, seed: 3 },
    );
  });

  it('leaves nothing behind that hides a reverse black hole from the next run', async () => {
    await fc.assert(
      fc.asyncProperty(network, async (given) => {
        const { path, learnt } = await measureSimulated(given);
        if (path.reverse.behaviour !== 'silent' || learnt === null) return;
        // Without an engine that leaves no trace, sizes up to the known path MTU are all that may be tried.
        expect(given.engine).not.toBe('icmp-raw');
        expect(learnt).toBeLessThan(path.reverse.pathMtu ?? 0);
      }),
      { numRuns: 60, seed: 4 },
    );
  });
});
