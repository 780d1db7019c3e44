import { expect, it } from 'vitest';
import { commonExpectation, gradeOf } from '../../src/grade.ts';
import { BLACK_HOLE, CLEAR, REDUCED, UNREACHABLE } from './report/reports.ts';

it('is what the exit code would be', () => {
  const grades = [CLEAR, REDUCED, BLACK_HOLE, UNREACHABLE].map((path) =>
    gradeOf(path, { failOn: 'delayed', expectMtu: null }),
  );
  expect(grades).toEqual(['clear', 'clear', 'found', 'unknown']);
});

it('takes a lower bound below what is expected for no proof', () => {
  const held = { failOn: 'delayed', expectMtu: 9000 } as const;
  const { forward, reverse } = CLEAR;
  const bounds = {
    verdict: CLEAR.verdict,
    forward: { ...forward, exact: false },
    reverse: { ...reverse, exact: false },
  };
  expect(gradeOf(CLEAR, { ...held, expectMtu: 1500 })).toBe('clear');
  expect(gradeOf(CLEAR, held)).toBe('found');
  expect(gradeOf(bounds, held)).toBe('unknown');
});

it('is held to what all expect, where that is one number', () => {
  const common = (...expected: readonly (number | null)[]): number | null =>
    commonExpectation(expected.map((expectMtu) => ({ expectMtu })));
  expect([common(1450), common(1450, 1450)]).toEqual([1450, 1450]);
  expect([common(1450, 1500), common(1450, null), common()]).toEqual([null, null, null]);
});
