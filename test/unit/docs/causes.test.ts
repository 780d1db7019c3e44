import { describe, expect, it } from 'vitest';
import { BASES } from '../../../src/diagnosis/causes/bases.ts';
import { COMBINATIONS } from '../../../src/diagnosis/causes/combinations.ts';
import { NUMBERS } from '../../../src/diagnosis/causes/numbers.ts';
import { OVERHEADS } from '../../../src/diagnosis/causes/overheads.ts';
import { label } from '../diagnosis/causes/labels.ts';
import { document, section } from './documents.ts';

/** Every row of the only table of a section, without its heading. */
function rows(heading: string): string[][] {
  const lines = section(document('docs/causes.md'), heading)
    .split('\n')
    .filter((line) => line.startsWith('|'));
  return lines.slice(2).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

describe('docs/causes.md has every row of the table, and no other', () => {
  it.each([
    ['Taken from every packet', OVERHEADS],
    ['Combinations', COMBINATIONS],
    ['Numbers of their own', NUMBERS],
  ])('%s', (heading, causes) => {
    expect(rows(heading)).toEqual(causes.map(({ match, name, source }) => [label(match), name, source]));
  });

  it('Bases', () => {
    const bases = BASES.map(({ mtu, words, source }) => [String(mtu), words === '' ? 'plain Ethernet' : words, source]);
    expect(rows('Bases')).toEqual(bases);
  });
});
