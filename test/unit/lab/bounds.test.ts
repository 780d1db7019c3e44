import { describe, expect, it } from 'vitest';
import type { Direction, PathReport } from '../../../src/contract.ts';
import { type Bounds, outOfBounds } from '../../../src/lab/bounds.ts';
import { CLEAR, finding, reportOf } from '../report/reports.ts';

const HOLE: Bounds = {
  verdicts: ['black-hole', 'inconclusive'],
  largest: { forward: 1500, reverse: 1400 },
  silent: ['reverse'],
  smaller: [],
  withinMs: 2000,
};

const silent = (of: Direction, pathMtu: number): Direction => ({ ...of, pathMtu, behaviour: 'silent' });

function wrong(changes: Partial<PathReport>, wallMs = 100, bounds = HOLE): string[] {
  const path = { ...CLEAR, verdict: 'black-hole', reverse: silent(CLEAR.reverse, 1400), ...changes } as const;
  return outOfBounds(bounds, { report: reportOf(path.verdict, [path]), wallMs });
}

describe('what a report may say of a hostile path', () => {
  it('is what is true, exact or not', () => {
    expect(wrong({})).toEqual([]);
    expect(wrong({ reverse: silent(CLEAR.reverse, 1300) })).toEqual([]);
  });

  it('is not that a hole is clear, or that more passes than does', () => {
    expect(wrong({ verdict: 'clear', reverse: CLEAR.reverse })).toEqual([
      'verdict: expected black-hole or inconclusive, got clear',
      'reverse.pathMtu: expected at most 1400, got 1500',
      'reverse.behaviour: got clear, which is not so',
    ]);
  });

  it('is not a hole where there is none, unless echo alone suspects one', () => {
    const forward = silent(CLEAR.forward, 1400);
    expect(wrong({ forward })).toEqual(['forward.behaviour: got silent, which is not so']);
    expect(wrong({ forward: { ...forward, provedBy: ['icmp-raw'] } })).toEqual([]);
  });

  it('is not that somebody was told, except where TCP obeyed', () => {
    const forward: Direction = { ...CLEAR.forward, pathMtu: 1280, behaviour: 'signalled' };
    expect(wrong({ forward })).toEqual(['forward.behaviour: got signalled, which is not so']);
    expect(wrong({ forward }, 100, { ...HOLE, smaller: ['forward'] })).toEqual([]);
  });

  it('is not undecided without a reason', () => {
    const verdict = 'inconclusive';
    const policed = finding('icmp-policed', 'info', 'Large pings get no answer.', 'None.');
    expect(wrong({ verdict, findings: [policed] })).toEqual(['findings: expected a reason, got none']);
    expect(wrong({ verdict, findings: [finding('undecided', 'warning', 'Resets.', 'None.')] })).toEqual([]);
  });

  it('is there in time', () => {
    expect(wrong({}, 2500.4)).toEqual(['duration: expected at most 2000 ms, got 2500 ms']);
    expect(outOfBounds(HOLE, { report: null, wallMs: 10 })).toEqual(['report: expected one with a path, got none']);
  });
});
