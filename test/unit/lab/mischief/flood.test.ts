import { describe, expect, it } from 'vitest';
import { flood } from '../../../../src/lab/mischief/flood.ts';

describe('a flood', () => {
  it('repeats the latest item as often as its rate says', () => {
    const repeated = flood<string>(1000);
    expect(repeated.nextDueMs()).toBeNull();
    repeated.feed('first', 50);
    expect(repeated.nextDueMs()).toBe(51);
    expect(repeated.due(50.5)).toBeNull();
    expect(repeated.due(60)).toEqual({ item: 'first', times: 10 });
    repeated.feed('second', 61);
    expect(repeated.due(70)).toEqual({ item: 'second', times: 10 });
  });

  it('ends a second after it was last fed', () => {
    const repeated = flood<string>(1000);
    repeated.feed('item', 0);
    expect(repeated.due(5000)).toEqual({ item: 'item', times: 1000 });
    expect(repeated.due(6000)).toBeNull();
    expect(repeated.nextDueMs()).toBeNull();
  });

  it('ends for good after half a million', () => {
    const repeated = flood<string>(1_000_000);
    repeated.feed('item', 0);
    expect(repeated.due(900)).toEqual({ item: 'item', times: 500_000 });
    repeated.feed('item', 901);
    expect(repeated.due(950)).toBeNull();
  });

  it('repeats nothing at a rate of zero', () => {
    const repeated = flood<string>(0);
    repeated.feed('item', 0);
    expect(repeated.due(500)).toBeNull();
    expect(repeated.nextDueMs()).toBeNull();
  });
});
