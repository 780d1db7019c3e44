import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../../src/search/bracket.ts';
import { MAX_WAVES, Search, type SearchConfig } from '../../../src/search/search.ts';

const CONFIG: SearchConfig = { floor: 576, ceiling: 1500, width: 16, flows: 1, gentle: false, learns: true };

interface Path {
  readonly truth: number;
  readonly above?: (size: number) => Outcome;
}

interface Run {
  readonly search: Search;
  readonly waves: readonly string[];
  readonly probes: number;
  readonly settled: boolean;
}

/** Lets a search have its way with a path that carries everything up to `truth`. */
function runSearch(config: SearchConfig, { truth, above = () => ({ kind: 'missing' }) }: Path): Run {
  const search = new Search(config);
  const waves: string[] = [];
  let probes = 0;
  for (;;) {
    const step = search.poll();
    if (step.kind === 'done') return { search, waves, probes, settled: step.settled };
    waves.push(step.orders.map(({ size, copies }) => (copies === 1 ? `${size}` : `${size}x${copies}`)).join(' '));
    for (const { size, copies } of step.orders) {
      for (let copy = 0; copy < copies; copy += 1) {
        probes += 1;
        search.onOutcome(size, size <= truth ? { kind: 'arrived' } : above(size));
      }
    }
  }
}

describe('the search for one path MTU', () => {
  it('is done after the ceiling arrived', () => {
    expect(runSearch(CONFIG, { truth: 1500 })).toMatchObject({ waves: ['1500'], settled: true });
  });

  it('asks what a router said, and twice its successor', () => {
    const told = (size: number): Outcome => ({ kind: 'told', nextHopMtu: size > 1450 ? 1450 : 0, carried: false });
    const { waves, search, settled } = runSearch(CONFIG, { truth: 1450, above: told });
    expect(waves).toEqual(['1500', '1451x2 1450']);
    expect(search.bracket.arrived).toBe(1450);
    expect(settled).toBe(true);
  });

  it('does not believe a router that hides a smaller hole', () => {
    const above = (size: number): Outcome =>
      size > 1400 ? { kind: 'told', nextHopMtu: 1400, carried: false } : { kind: 'missing' };
    const { search, settled } = runSearch(CONFIG, { truth: 1300, above });
    expect(search.bracket.arrived).toBe(1300);
    expect(settled).toBe(true);
    expect(search.bracket.provesSilence(search.required)).toBe(true);
  });

  it('finds any size exactly, in at most four waves and sixty probes', () => {
    for (let truth = 576; truth <= 1500; truth += 1) {
      const { search, settled, waves, probes } = runSearch(CONFIG, { truth });
      expect([search.bracket.arrived, settled]).toEqual([truth, true]);
      expect(waves.length).toBeLessThanOrEqual(4);
      expect(probes).toBeLessThanOrEqual(60);
    }
  });

  it('finds any size exactly one probe at a time', () => {
    fc.assert(
      fc.property(fc.integer({ min: 576, max: 9000 }), (truth) => {
        const { search, waves } = runSearch({ ...CONFIG, ceiling: 9000, gentle: true }, { truth });
        expect(search.bracket.arrived).toBe(truth);
        expect(waves.every((wave) => !wave.includes(' '))).toBe(true);
        // Bisection of 8424 sizes is 14 probes; the floor, the ceiling and the confirmation come on top.
        expect(waves.length).toBeLessThanOrEqual(19);
      }),
    );
  });

  it('gives up after two waves that told nothing', () => {
    const { waves, settled } = runSearch(CONFIG, { truth: 0, above: () => ({ kind: 'none' }) });
    expect(waves).toEqual(['1500', '1500']);
    expect(settled).toBe(false);
  });

  it('never answers above the truth and always ends, whatever is lost', () => {
    const network = fc.record({ truth: fc.integer({ min: 576, max: 1500 }), losses: fc.infiniteStream(fc.boolean()) });
    fc.assert(
      fc.property(network, ({ truth, losses }) => {
        const search = new Search(CONFIG);
        for (let wave = 0; wave <= MAX_WAVES; wave += 1) {
          const step = search.poll();
          if (step.kind === 'done') break;
          expect(wave).toBeLessThan(MAX_WAVES);
          for (const { size, copies } of step.orders) {
            for (let copy = 0; copy < copies; copy += 1) {
              const arrives = size <= truth && losses.next().value === true;
              search.onOutcome(size, arrives ? { kind: 'arrived' } : { kind: 'missing' });
            }
          }
        }
        expect(search.bracket.arrived ?? 0).toBeLessThanOrEqual(truth);
      }),
    );
  });

  it('asks for more losses once a larger size overruled one, and then goes one at a time', () => {
    const search = new Search(CONFIG);
    search.poll();
    search.onOutcome(1500, { kind: 'missing' });
    const table = search.poll();
    expect(table.kind === 'wave' && table.orders.length).toBe(16);
    search.onOutcome(1300, { kind: 'missing' });
    search.onOutcome(1400, { kind: 'arrived' });
    expect(search.required).toBe(3);
    search.poll();
    search.onOutcome(1401, { kind: 'missing' });
    search.onOutcome(1410, { kind: 'arrived' });
    const step = search.poll();
    expect(step.kind === 'wave' && step.orders).toHaveLength(1);
  });

  it('is content with the connections that are left', () => {
    const search = new Search(CONFIG);
    search.poll();
    search.onOutcome(1500, { kind: 'missing' });
    search.onOutcome(576, { kind: 'arrived' });
    search.poll();
    expect(search.narrow(1)).toEqual([{ size: 1038, copies: 1 }]);
    const three = search.narrow(3);
    expect(three.reduce((sum, { copies }) => sum + copies, 0)).toBeLessThanOrEqual(3);
  });
});
