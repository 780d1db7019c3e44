import { describe, expect, it } from 'vitest';
import { BEHAVIOURS } from '../../../src/contract.ts';
import { cellSentence, coverageSentence } from '../../../src/dashboard/model/mesh-words.ts';
import { lanesOf } from '../../../src/dashboard/model/picture.ts';
import {
  ago,
  ahead,
  behaviourWords,
  duration,
  kindWords,
  mtuWords,
  slotWords,
} from '../../../src/dashboard/model/words.ts';
import { EVENT_KINDS } from '../../../src/service/contract.ts';
import { BLACK_HOLE } from '../report/reports.ts';

const NOW = Date.parse('2026-01-02T00:00:00Z');

describe('words', () => {
  it.each([
    [-5, '0 s'],
    [1999, '1 s'],
    [119_999, '119 s'],
    [120_000, '2 min'],
    [7_199_999, '119 min'],
    [7_200_000, '2 h'],
    [172_799_999, '47 h'],
    [172_800_000, '2 d'],
  ])('say %i ms as %s', (ms, words) => {
    expect(duration(ms)).toBe(words);
  });

  it('count ages from the clock that is given, and never below zero', () => {
    expect(ago('2026-01-01T23:59:00Z', NOW)).toBe('60 s ago');
    expect(ago('2026-01-02T00:00:05Z', NOW)).toBe('just now');
    expect(ahead('2026-01-02T01:00:00Z', NOW)).toBe('in 60 min');
    expect(ahead('2026-01-01T00:00:00Z', NOW)).toBe('now');
  });

  it('tell a lower bound from a size, and both from what is not known', () => {
    expect(mtuWords({ pathMtu: 1450, exact: true })).toBe('1450');
    expect(mtuWords({ pathMtu: 1400, exact: false })).toBe('≥ 1400');
    expect(mtuWords({ pathMtu: null, exact: false })).toBe('unknown');
    expect(mtuWords(null)).toBe('unknown');
  });

  it('are others for each behaviour and each kind of event', () => {
    expect(new Set(BEHAVIOURS.map(behaviourWords)).size).toBe(BEHAVIOURS.length);
    expect(new Set(EVENT_KINDS.map(kindWords)).size).toBe(EVENT_KINDS.length);
  });

  it('say of slots only what went wrong', () => {
    const fine = { due: 9, completed: 9, missed: 0, cut: 0, failed: 0, waiting: 0, running: 0 };
    expect(slotWords(fine)).toBeNull();
    expect(slotWords({ ...fine, missed: 3, failed: 1 })).toBe('3 missed, 1 failed of 9 runs');
    expect(slotWords({ ...fine, due: 1, cut: 1 })).toBe('1 cut short of 1 run');
  });

  it('say all of a cell of the mesh', () => {
    const cell = { peer: 'b', verdict: 'black-hole', at: null, pathId: null } as const;
    const forward = { pathMtu: 1400, exact: true, behaviour: 'silent' } as const;
    expect(cellSentence('a', { ...cell, forward, reverse: null })).toBe(
      'a measured b: black hole; to it: 1400 (larger ones vanish, untold); back from it: not known.',
    );
    expect(cellSentence('a', { ...cell, verdict: null, forward: null, reverse: null })).toBe(
      'a has not measured b yet.',
    );
  });

  it('say how much of the mesh is known', () => {
    expect(coverageSentence({ rows: [], silent: [{ agent: 'x', reason: 'r' }] }, null)).toBe(
      '0 agents, 0 of 0 measurements done; 1 agent does not answer.',
    );
  });

  it('say where each direction of a path ends, and who tells', () => {
    const hop = { ttl: 2, address: '10.0.0.1', next: { ttl: 3, address: null } };
    const [forward, reverse] = lanesOf({ ...BLACK_HOLE, forward: { ...BLACK_HOLE.forward, hop } });
    expect(forward).toMatchObject({ size: '1450', broken: false });
    expect(forward.places).toEqual(['172.17.0.1 says 1450', 'ends behind 10.0.0.1 (hop 2), before the next (hop 3)']);
    expect(reverse).toMatchObject({ size: '1450', broken: true, places: [] });
  });
});
