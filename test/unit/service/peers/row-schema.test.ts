import { describe, expect, it } from 'vitest';
import { readRow } from '../../../../src/service/peers/row-schema.ts';
import { AT, CLEAR } from './states.ts';

const KNOWN = new Set(['10.0.0.1', '10.0.0.2', '10.0.0.3']);
const CELL = {
  peer: '10.0.0.1',
  verdict: 'clear',
  at: AT,
  forward: CLEAR,
  reverse: CLEAR,
  pathId: '0123456789abcdef',
};
const ROW = { agent: '10.0.0.2', version: '1.0.0', rounds: 1, cells: [CELL] };

const read = (row: unknown) => readRow(JSON.stringify(row), '10.0.0.2', KNOWN);
const readCell = (changes: object) => read({ ...ROW, cells: [{ ...CELL, ...changes }] });

describe('a row of a peer', () => {
  it('is read as it is', () => {
    expect(read(ROW)).toEqual(ROW);
    const unmeasured = { verdict: null, at: null, forward: null, reverse: null, pathId: null };
    expect(readCell(unmeasured)?.cells).toEqual([{ peer: '10.0.0.1', ...unmeasured }]);
  });

  it('is that of who was asked, whoever it says it is', () => {
    expect(read({ ...ROW, agent: '10.0.0.3' })?.agent).toBe('10.0.0.2');
  });

  it('speaks of nobody who is not known, not of itself, and of each once', () => {
    const cells = ['10.0.0.1', '10.0.0.9', '10.0.0.2', '10.0.0.1', '__proto__'].map((peer) => ({ ...CELL, peer }));
    expect(read({ ...ROW, cells })?.cells.map(({ peer }) => peer)).toEqual(['10.0.0.1']);
  });

  it('of a later version loses what is not known here, and keeps the rest', () => {
    expect(read({ ...ROW, colour: 'red' })).toEqual(ROW);
    expect(readCell({ verdict: 'haunted' })?.cells[0]?.verdict).toBe('inconclusive');
    expect(readCell({ forward: { ...CLEAR, behaviour: 'odd', by: 'x' } })?.cells[0]?.forward).toEqual({
      ...CLEAR,
      behaviour: 'unknown',
    });
  });

  it('has its version on one line, without what a terminal would obey', () => {
    expect(read({ ...ROW, version: '1.0\n\u001b[2J' })?.version).toBe('1.0 \ufffd[2J');
  });

  it.each<readonly [string, unknown]>([
    ['nothing', null],
    ['a list', [ROW]],
    ['a row without cells', { ...ROW, cells: undefined }],
    ['a version that is a book', { ...ROW, version: 'x'.repeat(41) }],
    ['rounds that are none', { ...ROW, rounds: 1.5 }],
    ['endless rounds', { ...ROW, rounds: 1e300 }],
    ['too many cells', { ...ROW, cells: Array.from({ length: 10_001 }, () => CELL) }],
  ])('is not %s', (_, row) => {
    expect(read(row)).toBeNull();
  });

  it.each<readonly [string, object]>([
    ['a peer that is a book', { peer: 'x'.repeat(260) }],
    ['a time that is none', { at: '<script>' }],
    ['a negative size', { forward: { ...CLEAR, pathMtu: -1 } }],
    ['a size beyond all interfaces', { reverse: { ...CLEAR, pathMtu: 65_537 } }],
    ['an id that leads elsewhere', { pathId: '../../events' }],
  ])('has no cell with %s', (_, changes) => {
    expect(readCell(changes)).toBeNull();
  });

  it.each(['', '{', '[', 'null', '"x"', '['.repeat(500_000)])('is not the text %#', (text) => {
    expect(readRow(text, '10.0.0.2', KNOWN)).toBeNull();
  });
});
