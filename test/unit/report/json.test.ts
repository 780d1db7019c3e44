import { expect, it } from 'vitest';
import { FORMATS } from '../../../src/config/options.ts';
import { FORMATTERS } from '../../../src/report/index.ts';
import { PLAIN } from '../../../src/report/palette.ts';
import { BLACK_HOLE, reportOf } from './reports.ts';

it('JSON is the report, with nothing left out', () => {
  const report = reportOf('black-hole', [BLACK_HOLE]);
  const text = FORMATTERS.json(report, PLAIN);
  expect(JSON.parse(text)).toEqual(report);
  expect(text.endsWith('}\n')).toBe(true);
});

it('every format that can be asked for can be written', () => {
  expect(Object.keys(FORMATTERS).sort()).toEqual([...FORMATS].sort());
});
