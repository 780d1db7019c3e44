import { describe, expect, it } from 'vitest';
import type { Evidence } from '../../../src/contract.ts';
import { roundTripsOf } from '../../../src/lab/round-trips-of.ts';

const probe = { method: 'udp-responder', direction: 'forward', size: 1500, outcome: 'missing' } as const;

function tripsOf(rttMs: number | null, ...sentAtMs: readonly number[]): number | null {
  return roundTripsOf({ rttMs, evidence: sentAtMs.map((at): Evidence => ({ ...probe, sentAtMs: at })) });
}

describe('round trips of a measurement', () => {
  it('are those between its waves, whatever their order in the report, and two for the last', () => {
    expect(tripsOf(50, 150, 50, 50.1, 250)).toBe(1 + 2 + 2 + 2);
  });

  it('are not more on a machine that is held up a little in each wave', () => {
    expect(tripsOf(50, 70, 70.3, 190, 310)).toBe(7);
  });

  it('are more where a wave waits for one more', () => {
    expect(tripsOf(50, 50, 200, 300)).toBe(1 + 3 + 2 + 2);
  });

  it('are two where everything was sent at once', () => {
    expect(tripsOf(50, 0, 0)).toBe(2);
  });

  it.each([null, 0])('are not known where a round trip is %s', (rttMs) => {
    expect(tripsOf(rttMs, 50)).toBeNull();
  });
});
