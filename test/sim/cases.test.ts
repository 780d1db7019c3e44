import { describe, expect, it } from 'vitest';
import type { Direction } from '../../src/contract.ts';
import { CASES, type Case } from './cases.ts';
import { measureSimulated } from './network/measure.ts';

function asExpected({ pathMtu, exact, behaviour }: Direction): Case['forward'] {
  return [pathMtu === null || exact ? pathMtu : `>=${pathMtu}`, behaviour];
}

describe('the classic faults, simulated', () => {
  it.each(CASES)('$name', async ({ network, options, forward, reverse, verdict, findings, masked, learnt }) => {
    const { path, learnt: remembered } = await measureSimulated(network, options);
    expect({ forward: asExpected(path.forward), reverse: asExpected(path.reverse), verdict: path.verdict }).toEqual({
      forward,
      reverse,
      verdict,
    });
    expect(path.findings.map(({ code }) => code)).toEqual(expect.arrayContaining([...(findings ?? [])]));
    expect([path.forward.masked, path.reverse.masked]).toEqual([
      masked === 'forward' || masked === 'both',
      masked === 'reverse' || masked === 'both',
    ]);
    expect(remembered).toBe(learnt ?? null);
  });
});
