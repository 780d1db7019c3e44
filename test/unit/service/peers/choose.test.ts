import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstInQueue, roundsFor, type Turn, turnsInRound } from '../../../../src/service/peers/choose.ts';

const BOUNDS = { fullMesh: 32, perRound: 8 };

describe('how many are measured', () => {
  it.each([
    [0, 0, 0],
    [1, 1, 1],
    [31, 31, 1],
    [32, 8, 4],
    [999, 8, 125],
    [9999, 8, 1250],
  ])('of %i peers %i in a round, all within %i', (peers, inRound, rounds) => {
    expect([turnsInRound(peers, BOUNDS), roundsFor(peers, BOUNDS)]).toEqual([inRound, rounds]);
  });

  it('counts this agent as one of the full mesh', () => {
    expect(turnsInRound(9, { fullMesh: 10, perRound: 1 })).toBe(9);
    expect(turnsInRound(10, { fullMesh: 10, perRound: 1 })).toBe(1);
  });

  it('is no more than there are, where a round has place for more', () => {
    expect([turnsInRound(5, { fullMesh: 1, perRound: 8 }), roundsFor(5, { fullMesh: 1, perRound: 8 })]).toEqual([5, 1]);
  });
});

describe('the first of the queue', () => {
  const turn = (peer: string, last: number, weight: number): Turn => ({ peer, last, weight });

  it('waited longest; then the heaviest, then by name', () => {
    const queue = [turn('late', 3, 9), turn('b', 1, 5), turn('heavy', 1, 7), turn('a', 1, 5), turn('early', 0, 0)];
    expect(firstInQueue(queue, 4).map(({ peer }) => peer)).toEqual(['early', 'heavy', 'a', 'b']);
  });

  it('are none when none are asked for', () => {
    expect(firstInQueue([turn('a', 0, 0)], 0)).toEqual([]);
  });

  it('are those that sorting all of it would put first', () => {
    const turns = fc.uniqueArray(
      fc.record({
        peer: fc.string({ maxLength: 4 }),
        last: fc.integer({ min: 0, max: 3 }),
        weight: fc.nat({ max: 3 }),
      }),
      { selector: ({ peer }) => peer, maxLength: 40 },
    );
    fc.assert(
      fc.property(turns, fc.nat({ max: 12 }), (queue, count) => {
        const sorted = [...queue].sort(
          (one, other) => one.last - other.last || other.weight - one.weight || (one.peer < other.peer ? -1 : 1),
        );
        expect(firstInQueue(queue, count)).toEqual(sorted.slice(0, count));
      }),
    );
  });
});
