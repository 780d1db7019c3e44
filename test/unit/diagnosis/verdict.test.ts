import { describe, expect, it } from 'vitest';
import { VERDICTS } from '../../../src/contract.ts';
import { BEHAVIOUR_RULES } from '../../../src/diagnosis/behaviour.ts';
import { reportVerdict, VERDICT_RULES } from '../../../src/diagnosis/verdict.ts';

describe('verdicts', () => {
  it('has one rule for every verdict and every behaviour', () => {
    expect(VERDICT_RULES.map(({ verdict }) => verdict).sort()).toEqual([...VERDICTS].sort());
    expect(new Set(BEHAVIOUR_RULES.map(({ behaviour }) => behaviour)).size).toBe(8);
  });

  it.each([
    [['clear', 'black-hole', 'inconclusive'], 'delayed', 'black-hole'],
    [['clear', 'reduced', 'inconclusive'], 'delayed', 'inconclusive'],
    [['reduced', 'inconclusive'], 'reduced', 'reduced'],
    [['clear', 'clamped'], 'delayed', 'clamped'],
    [['clear', 'unreachable'], 'delayed', 'unreachable'],
    [['unreachable', 'inconclusive'], 'delayed', 'inconclusive'],
    [[], 'delayed', 'inconclusive'],
  ] as const)('of a report of %s, to fail on %s, is %s', (verdicts, failOn, expected) => {
    expect(reportVerdict(verdicts, failOn)).toBe(expected);
  });
});
