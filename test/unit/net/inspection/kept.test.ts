import { describe, expect, it } from 'vitest';
import { Kept } from '../../../../src/net/inspection/kept.ts';
import type { Listener, Listing } from '../../../../src/net/sys/netlink-socket.ts';

/** A list that the kernel tells once for each array. */
function tell(...attempts: readonly (readonly number[])[]) {
  return (listener: Listener<number>): Listing => {
    for (const numbers of attempts) {
      listener.begin();
      for (const number of numbers) listener.hear(number);
    }
    return { kind: 'listed', isWhole: attempts.length < 4 };
  };
}

describe('what is kept of a list', () => {
  it('is the beginning, and beyond it what matters, and says so', () => {
    const kept = new Kept<number>({ most: 3, wanted: (number) => number !== 2, matters: (number) => number > 90 });
    expect(kept.fill('routes', tell([1, 2, 3, 4, 5, 99, 98, 97, 96]))).toEqual([
      'it has more than 3 routes: the rest is left out',
    ]);
    expect(kept.entries).toEqual([1, 3, 4, 99, 98, 97]);
  });

  it('is what was told last', () => {
    const kept = new Kept<number>({ most: 3 });
    expect(kept.fill('routes', tell([1, 2, 3, 4], [5, 6]))).toEqual([]);
    expect(kept.entries).toEqual([5, 6]);
  });

  it('may lack something', () => {
    const kept = new Kept<number>({ most: 3 });
    expect(kept.fill('routes', tell([], [], [], [1]))).toEqual([
      'its routes changed while they were read, or are too many: some may be missing',
    ]);
  });

  it('is nothing where there is no list', () => {
    const kept = new Kept<number>({ most: 3 });
    expect(kept.fill('routes', () => ({ kind: 'refused', errno: 95 }))).toEqual([]);
    expect(kept.entries).toEqual([]);
  });

  it('is a mistake to ask for where it may not be seen', () => {
    const refused = () => new Kept<number>({ most: 3 }).fill('routes', () => ({ kind: 'refused', errno: 13 }));
    expect(refused).toThrow('netlink(routes): EACCES (errno 13)');
  });
});
