import { describe, expect, it } from 'vitest';
import { FORMATS, type Format } from '../../../src/config/options.ts';
import { FORMATTERS } from '../../../src/report/index.ts';
import { DEFAULT_CONTEXT, SCENARIOS } from './scenarios.ts';

const ENDINGS: Readonly<Record<Format, string>> = {
  text: 'txt',
  json: 'json',
  markdown: 'md',
  junit: 'xml',
  github: 'commands',
  gitlab: 'env',
  prometheus: 'prom',
};

it('every format that can be asked for can be written', () => {
  expect(Object.keys(FORMATTERS)).toEqual([...FORMATS]);
});

describe.each(FORMATS)('%s', (format) => {
  it.each(SCENARIOS)('of $name', async ({ name, report }) => {
    const formatter = await FORMATTERS[format]();
    const text = formatter(report, DEFAULT_CONTEXT);
    expect(text === '' || text.endsWith('\n')).toBe(true);
    await expect(text).toMatchFileSnapshot(`formats/${name}.${ENDINGS[format]}`);
  });
});
