import { describe, expect, it } from 'vitest';
import { VERDICTS } from '../../../src/contract.ts';
import { hashOf, routeOf } from '../../../src/dashboard/model/route.ts';
import { matching, rowsOf, tally } from '../../../src/dashboard/model/rows.ts';
import { byGravity, lookOf } from '../../../src/dashboard/model/status.ts';
import { HOLE, known, madePath, overviewOf, PATHS, TARGETS } from '../../browser/made-up.ts';

const ROWS = rowsOf(overviewOf(PATHS, TARGETS));

describe('rows', () => {
  it('stand worst first, with targets that have no path among them', () => {
    const statuses = ['black-hole', 'failed', 'reduced', 'inconclusive', 'waiting', 'clamped', 'clear'];
    expect(ROWS.map(({ status }) => status)).toEqual(statuses);
    expect(new Set(ROWS.map(({ key }) => key)).size).toBe(ROWS.length);
  });

  it('of one status stand by name, address and transport', () => {
    const clear = { verdict: 'clear', forward: known(1500), reverse: known(1500) } as const;
    const paths = [
      madePath({ number: 9, target: 'b', ...clear }),
      madePath({ number: 8, target: 'b', ...clear }),
      madePath({ number: 7, target: 'a', ...clear }),
    ];
    expect(rowsOf(overviewOf(paths, [])).map(({ path }) => path?.address)).toEqual([
      '203.0.113.7',
      '203.0.113.8',
      '203.0.113.9',
    ]);
  });

  it('have the last verdict where none was unhidden yet, and no target where it is no longer configured', () => {
    const path = { ...HOLE, judgement: null, last: { ...HOLE.last, verdict: 'reduced' as const } };
    expect(rowsOf(overviewOf([path], []))).toMatchObject([{ status: 'reduced', target: null }]);
  });

  it.each([
    ['', 7],
    ['  ', 7],
    ['registry', 2],
    ['REGISTRY ipv6', 1],
    ['black hole', 1],
    ['black-hole', 1],
    ['team=ci', 1],
    ['masked', 1],
    ['no address', 1],
    ['nowhere', 0],
  ])('match "%s" %i times', (query, times) => {
    expect(matching(ROWS, query)).toHaveLength(times);
  });

  it('are counted by status, worst first', () => {
    expect(tally([...ROWS, ...ROWS].reverse())[0]).toEqual(['black-hole', 2]);
  });

  it('have a rank of their own for each verdict, and another shape for each tone', () => {
    const looks = VERDICTS.map(lookOf);
    expect(new Set(looks.map(({ rank }) => rank)).size).toBe(VERDICTS.length);
    for (const a of looks) {
      for (const b of looks) if (a.shape === b.shape) expect(a.tone).toBe(b.tone);
    }
    expect([...VERDICTS].sort(byGravity)[0]).toBe('black-hole');
  });
});

describe('the address', () => {
  it('leads to a path and back', () => {
    expect(routeOf(hashOf({ page: 'path', id: HOLE.id }))).toEqual({ page: 'path', id: HOLE.id });
    expect(routeOf(hashOf({ page: 'list' }))).toEqual({ page: 'list' });
  });

  it.each(['', '#', '#main', '#/paths/', '#/paths/../x', '#/paths/00000000000000zz'])(
    '%s leads to the list',
    (hash) => {
      expect(routeOf(hash)).toEqual({ page: 'list' });
    },
  );
});
