import { describe, expect, it } from 'vitest';
import type { Report, Verdict } from '../../../src/contract.ts';
import { PrivilegeError } from '../../../src/errors.ts';
import { type SweepDeps, type SweepProgress, sweep } from '../../../src/layers/sweep.ts';

const NEVER = new AbortController().signal;

function reportOf(verdict: Verdict): Report {
  return {
    schemaVersion: 1,
    version: '0.1.0',
    startedAt: '2026-01-01T00:00:00.000Z',
    durationMs: 1,
    verdict,
    environments: [],
    paths: [],
    skipped: [],
  };
}

function layer(netns: string, depth: number | null, parent: string | null = null) {
  return { netns, name: `layer ${netns}`, depth, parent };
}

type Layers = Parameters<typeof sweep>[0];

function sweepAll(layers: Layers, deps: SweepDeps, atOnce: number, signal: AbortSignal) {
  return sweep(layers, new Set(layers.map(({ netns }) => netns)), deps, atOnce, signal);
}

/** Measures take a turn of the event loop each; what they come to is told. */
function world(measure: (netns: string) => Verdict | Error, gone: readonly string[] = []) {
  const begun: string[] = [];
  const progress: SweepProgress[] = [];
  let [running, most] = [0, 0];
  const deps: SweepDeps = {
    measure: async (netns) => {
      begun.push(netns);
      running += 1;
      most = Math.max(most, running);
      await new Promise(setImmediate);
      running -= 1;
      const result = measure(netns);
      if (result instanceof Error) throw result;
      return reportOf(result);
    },
    isThere: (netns) => !gone.includes(netns),
    onProgress: (step) => progress.push(step),
  };
  return { deps, begun, progress, most: () => most };
}

describe('a sweep', () => {
  it('measures what is around a layer first, and what is nowhere last', async () => {
    const { deps, begun } = world(() => 'clear');
    await sweepAll([layer('c', 2), layer('x', null), layer('a', 0), layer('b', 1)], deps, 4, NEVER);
    expect(begun).toEqual(['a', 'b', 'c', 'x']);
  });

  it('measures what is around a layer first, even where nobody knows what is around the outermost', async () => {
    const { deps, begun, most } = world(() => 'clear');
    const layers = [layer('a', null), layer('b', null, 'a'), layer('c', null, 'b'), layer('d', null, 'c')];
    // b is left out: d is inside of a all the same.
    await sweep(layers, new Set(['a', 'c', 'd']), deps, 4, NEVER);
    expect(begun).toEqual(['a', 'c', 'd']);
    expect(most()).toBe(1);
  });

  it('measures no more at once than it may, and a layer only when all around it are done', async () => {
    const layers = [layer('node', 0), ...Array.from({ length: 50 }, (_, number) => layer(`${number}`, 1))];
    const { deps, most, progress } = world(() => 'clear');
    const swept = await sweepAll(layers, deps, 3, NEVER);
    expect(most()).toBe(3);
    expect(swept.size).toBe(51);
    expect(progress.slice(0, 2)).toEqual([
      { done: 0, all: 51, name: 'layer node' },
      { done: 1, all: 51, name: 'layer 0' },
    ]);
  });

  it('goes on where one may not be measured, and says why', async () => {
    const { deps } = world((netns) => (netns === 'b' ? new PrivilegeError('may not be joined') : 'black-hole'));
    const swept = await sweepAll([layer('a', 0), layer('b', 0), layer('c', 1)], deps, 1, NEVER);
    expect(swept.get('b')).toEqual({ kind: 'failed', reason: 'may not be joined' });
    expect(swept.get('c')).toEqual({ kind: 'measured', report: reportOf('black-hole') });
  });

  it('takes no silence for a result where the namespace ended meanwhile', async () => {
    const verdicts = { a: 'unreachable', b: 'clear', c: 'inconclusive' } as const;
    const { deps } = world((netns) => verdicts[netns as 'a' | 'b' | 'c'], ['a', 'b']);
    const swept = await sweepAll([layer('a', 0), layer('b', 0), layer('c', 0)], deps, 3, NEVER);
    expect(swept.get('a')).toEqual({ kind: 'ended', reason: 'it ended while it was measured' });
    expect(swept.get('b')).toEqual({ kind: 'measured', report: reportOf('clear') });
    expect(swept.get('c')).toEqual({ kind: 'measured', report: reportOf('inconclusive') });
  });

  it('says that a namespace has ended, and not what came of that', async () => {
    const { deps } = world(() => new PrivilegeError('/proc/42/ns/net: no such file'), ['a']);
    const swept = await sweepAll([layer('a', 0)], deps, 1, NEVER);
    expect(swept.get('a')).toEqual({ kind: 'ended', reason: 'it ended before it was measured' });
  });

  it('keeps what is measured when it is interrupted, and says so of the rest', async () => {
    const interruption = new AbortController();
    const { deps, begun } = world(() => 'clear');
    const stopping = { ...deps, isThere: deps.isThere, measure: stopAfter(deps, interruption) };
    const swept = await sweepAll([layer('a', 0), layer('b', 1)], stopping, 1, interruption.signal);
    expect(begun).toEqual(['a']);
    expect(swept.get('a')).toEqual({ kind: 'measured', report: reportOf('clear') });
    expect(swept.get('b')).toEqual({ kind: 'failed', reason: 'interrupted before it was measured' });
  });

  it('hides no mistake of the program', async () => {
    const { deps } = world(() => new TypeError('a mistake'));
    await expect(sweepAll([layer('a', 0)], deps, 1, NEVER)).rejects.toThrow('a mistake');
  });
});

function stopAfter(deps: SweepDeps, interruption: AbortController): SweepDeps['measure'] {
  return async (netns, signal) => {
    const report = await deps.measure(netns, signal);
    interruption.abort();
    return report;
  };
}
