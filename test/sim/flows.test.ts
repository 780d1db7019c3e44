/** Ways that share the load: which connections take which is chance, so that one run is none. */

import { describe, expect, it } from 'vitest';
import type { PathReport } from '../../src/contract.ts';
import { measureSimulated } from './network/measure.ts';
import type { Link, Network } from './network/network.ts';

const RUNS = 100;
/** Six flows miss one way out of two in one run of 32, counted both ways round. */
const FOUND = 95;
const SILENT_1400: Link = { mtu: 1400, silent: true };

async function runs(network: Network): Promise<PathReport[]> {
  const paths: PathReport[] = [];
  for (let seed = 1; seed <= RUNS; seed += 1) paths.push((await measureSimulated({ ...network, seed })).path);
  return paths;
}

function disagree({ findings }: PathReport): boolean {
  return findings.some(({ code }) => code === 'paths-disagree');
}

describe('ways that share the load', () => {
  it.each([
    ['forward', { forwardTwin: [SILENT_1400] }],
    ['reverse', { reverseTwin: [SILENT_1400] }],
  ] as const)('are told apart when one of two is bad on the way %s', async (direction, network) => {
    const paths = await runs({ rttMs: 20, ...network });
    const found = paths.filter(disagree);
    expect(found.length).toBeGreaterThanOrEqual(FOUND);
    for (const path of found) {
      expect(path).toMatchObject({
        verdict: 'black-hole',
        [direction]: { pathMtu: 1400, exact: true, behaviour: 'silent' },
      });
    }
    for (const path of paths) {
      // All flows went the good way, or all the bad one.
      if (!disagree(path)) expect([1400, 1500]).toContain(path[direction].pathMtu);
    }
  });

  it.each([
    ['forward', { forwardTwin: [SILENT_1400] }],
    ['reverse', { reverseTwin: [SILENT_1400] }],
  ] as const)('are known to differ on the way %s where every connection draws one anew', async (direction, network) => {
    const paths = await runs({ rttMs: 20, waysByChance: true, ...network });
    expect(paths.filter(disagree).length).toBeGreaterThanOrEqual(RUNS / 2);
    // No number is certain where the next probe goes another way; chance alone makes one look so now and then.
    const wrong = paths.filter(({ [direction]: { pathMtu, exact } }) => exact && pathMtu !== 1400 && pathMtu !== 1500);
    expect(wrong.length).toBeLessThanOrEqual(RUNS * 0.05);
  });

  it.each([
    ['forward', 1450, 1300],
    ['forward', 1492, 1400],
    ['reverse', 1450, 1300],
    ['reverse', 1492, 1400],
  ] as const)('are never taken for one that is exactly wider: %s, %d and %d', async (direction, wide, narrow) => {
    const silent = (mtu: number): readonly Link[] => [{ mtu, silent: true }];
    const paths = await runs({ rttMs: 20, [direction]: silent(wide), [`${direction}Twin`]: silent(narrow) });
    expect(paths.filter(disagree).length).toBeGreaterThanOrEqual(FOUND);
    for (const { verdict, [direction]: found } of paths) {
      expect(verdict).toBe('black-hole');
      expect(found.pathMtu).toBeLessThanOrEqual(found.exact ? narrow : wide);
      if (found.exact) expect(found.pathMtu).toBe(narrow);
    }
  });

  it.each([
    ['forward', 'icmp-raw'],
    ['forward', null],
    ['reverse', 'icmp-raw'],
    ['reverse', null],
  ] as const)('are told apart where one tells and the other is silent: %s, %s', async (direction, engine) => {
    const [tells, hides]: [Link[], Link[]] = [[{ mtu: 1400 }], [{ mtu: 1300, silent: true }]];
    for (const [first, twin] of [
      [tells, hides],
      [hides, tells],
    ] as const) {
      const paths = await runs({ rttMs: 20, engine, [direction]: first, [`${direction}Twin`]: twin });
      const wrong = paths.filter(({ verdict, [direction]: { pathMtu, exact } }) => {
        return verdict === 'reduced' || verdict === 'clear' || (exact && pathMtu !== 1300);
      });
      expect(wrong.length).toBeLessThanOrEqual(RUNS - FOUND);
    }
  });

  it.each([
    ['forward', { forwardTwin: [SILENT_1400] }],
    ['reverse', { reverseTwin: [SILENT_1400] }],
  ] as const)('are not called clear when there is no time to look again: %s', async (direction, network) => {
    for (const [rttMs, timeoutMs] of [
      [60, 600],
      [200, 2000],
    ] as const) {
      for (let seed = 1; seed <= 40; seed += 1) {
        const { path } = await measureSimulated({ ...network, rttMs, seed }, { timeoutMs });
        const lostSome = path.evidence.some((probe) => probe.direction === direction && probe.outcome === 'missing');
        if (lostSome) expect(path.verdict).not.toBe('clear');
      }
    }
  });

  it.each([
    ['forward', { forwardTwin: [SILENT_1400] }],
    ['reverse', { reverseTwin: [SILENT_1400] }],
  ] as const)('come to no wrong number one probe at a time: %s', async (direction, network) => {
    for (let seed = 1; seed <= 40; seed += 1) {
      const { path } = await measureSimulated({ ...network, rttMs: 20, seed }, { gentle: true });
      const { pathMtu, exact } = path[direction];
      if (exact) expect([1400, 1500]).toContain(pathMtu);
    }
  });

  it('are not missed where the target does not say what came in behind a hole', async () => {
    for (let seed = 1; seed <= 40; seed += 1) {
      const network = { rttMs: 20, seed, server: { sack: false }, forwardTwin: [SILENT_1400] };
      const { path } = await measureSimulated(network);
      const unheard = path.evidence.some(({ direction, outcome }) => direction === 'forward' && outcome !== 'arrived');
      if (unheard) expect(path.verdict).not.toBe('clear');
    }
  });

  it('are not told apart where packets are lost by chance alone', async () => {
    for (const path of await runs({ rttMs: 20, loss: 0.05 })) expect(disagree(path)).toBe(false);
  });
});
