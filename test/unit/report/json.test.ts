import { expect, it } from 'vitest';
import { formatJson } from '../../../src/report/json.ts';
import { requireValid } from '../../report-schema.ts';
import { BLACK_HOLE, reportOf } from './reports.ts';
import { SCENARIOS } from './scenarios.ts';

it('JSON is the report, with nothing left out', () => {
  const report = reportOf('black-hole', [BLACK_HOLE]);
  const text = formatJson(report);
  expect(JSON.parse(text)).toEqual(report);
  expect(text.endsWith('}\n')).toBe(true);
});

it.each(SCENARIOS)('JSON of $name is as the schema says', ({ report }) => {
  requireValid(JSON.parse(formatJson(report)));
});

it.each([
  ['a field of no report', { ...reportOf('clear', []), more: 1 }],
  ['a verdict that does not exist', { ...reportOf('clear', []), verdict: 'fine' }],
  ['a field that is missing', { ...reportOf('clear', []), skipped: undefined }],
])('the schema refuses %s', (_, report) => {
  expect(() => requireValid(report)).toThrow(/^not as docs\/report\.schema\.json says: /);
});
