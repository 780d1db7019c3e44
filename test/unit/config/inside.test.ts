import { describe, expect, it } from 'vitest';
import { insideOf } from '../../../src/config/inside.ts';
import { parseRunOptions } from '../../../src/config/parse.ts';
import { UsageError } from '../../../src/errors.ts';

describe('the place to measure from', () => {
  it.each([
    [{}, null],
    [{ pid: '4711' }, { kind: 'pid', value: '4711', resolver: null }],
    [
      { netns: '/run/netns/a', resolver: 'here' },
      { kind: 'netns', value: '/run/netns/a', resolver: 'here' },
    ],
    [
      { container: 'db', resolver: 'container' },
      { kind: 'container', value: 'db', resolver: 'container' },
    ],
  ])('%o', (given, expected) => {
    expect(insideOf(given)).toEqual(expected);
    expect(parseRunOptions({ target: ['rubygems.org'], ...given }).inside).toEqual(expected);
  });

  it.each([
    [{ pid: '1', netns: '/a' }, '--netns and --pid both say where to measure: leave one out'],
    [{ pid: '1', container: 'a' }, '--pid and --container both say where to measure: leave one out'],
    [{ resolver: 'here' }, '--resolver here is for a place to measure from: add --netns, --pid or --container'],
    [{ pid: '0' }, '--pid 0 cannot be used: give a whole number from 1 to 4194304'],
    [{ pid: 'self' }, '--pid self cannot be used: give a whole number from 1 to 4194304'],
    [{ netns: '' }, '--netns is empty: give it a value, or leave it out'],
    [{ container: '' }, '--container is empty: give it a value, or leave it out'],
    [{ pid: '1', resolver: 'there' }, '--resolver there cannot be used: choose one of container, here'],
  ])('refuses %o', (given, message) => {
    expect(() => insideOf(given)).toThrow(new UsageError(message));
    expect(() => parseRunOptions({ target: ['rubygems.org'], ...given })).toThrow(new UsageError(message));
  });
});
