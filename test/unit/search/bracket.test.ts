import { describe, expect, it } from 'vitest';
import { Bracket } from '../../../src/search/bracket.ts';

describe('what is known of one direction', () => {
  it('takes one loss for evidence and two for proof', () => {
    const bracket = new Bracket(1500);
    bracket.onOutcome(1500, { kind: 'missing' });
    expect(bracket.failing).toEqual({ size: 1500, losses: 1, settledBy: null });
    expect(bracket.provesSilence(2)).toBe(false);
    bracket.onOutcome(1401, { kind: 'missing' });
    expect(bracket.provesSilence(2)).toBe(true);
  });

  it('takes back every loss below a larger size that arrived', () => {
    const bracket = new Bracket(1500);
    bracket.onOutcome(1300, { kind: 'missing' });
    bracket.onOutcome(1300, { kind: 'missing' });
    bracket.onOutcome(1400, { kind: 'arrived' });
    expect(bracket.failing).toBeNull();
    expect(bracket.overruled).toBe(2);
    expect(bracket.provesSilence(2)).toBe(false);
  });

  it('believes a sender that went on in smaller packets', () => {
    const bracket = new Bracket(1500);
    bracket.onOutcome(1500, { kind: 'told', nextHopMtu: 1400, carried: true });
    expect(bracket.arrived).toBe(1400);
    expect(bracket.failing).toEqual({ size: 1401, losses: 0, settledBy: 'told' });
    expect(bracket.smallestTold).toBe(1401);
  });

  it('does not believe a claim that nothing carried', () => {
    const bracket = new Bracket(1500);
    bracket.onOutcome(1500, { kind: 'told', nextHopMtu: 1400, carried: false });
    expect(bracket.arrived).toBeNull();
    expect(bracket.failing?.size).toBe(1500);
  });

  it('ignores a claim of more than was sent, and one about a size that arrived', () => {
    const bracket = new Bracket(1500);
    bracket.onOutcome(1500, { kind: 'told', nextHopMtu: 9000, carried: true });
    expect(bracket.arrived).toBeNull();
    bracket.onOutcome(1500, { kind: 'arrived' });
    bracket.onOutcome(1500, { kind: 'told', nextHopMtu: 1400, carried: true });
    expect(bracket.arrived).toBe(1500);
    expect(bracket.failing).toBeNull();
  });
});
