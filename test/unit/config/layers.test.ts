import { describe, expect, it } from 'vitest';
import { parseInspectOptions, parseLayersOptions } from '../../../src/config/layers.ts';

const TARGET = { target: ['rubygems.org'] };

describe('what layers is asked for', () => {
  it('is every layer behind the own one, four at once, unless it is said otherwise', () => {
    expect(parseLayersOptions(TARGET)).toMatchObject({
      scope: { all: false, only: [], exclude: [] },
      output: { format: 'text', output: null },
      words: ['run', '--target', 'rubygems.org'],
      atOnce: 4,
      resolver: null,
      run: { targets: ['rubygems.org'], failOn: 'delayed', expectMtu: null },
    });
  });

  it('is handed on to each layer as it was typed, and nothing that is not for all of them', () => {
    const values = {
      target: ['a.example', 'b.example'],
      ipv4: true,
      gentle: true,
      failOn: 'clear',
      minMtu: '1280',
      all: true,
      only: ['build*'],
      exclude: ['x'],
      atOnce: '2',
      format: 'json',
      output: 'report.json',
      resolver: 'here',
      evidence: true,
      quiet: true,
    };
    const { words, scope, output, atOnce, resolver, evidence, quiet } = parseLayersOptions(values, ['c.example']);
    expect(words.join(' ')).toBe(
      'run --target a.example --target b.example --target c.example --ipv4 --min-mtu 1280 --gentle --fail-on clear',
    );
    expect({ scope, output, atOnce, resolver, evidence, quiet }).toEqual({
      scope: { all: true, only: ['build*'], exclude: ['x'] },
      output: { format: 'json', output: 'report.json' },
      atOnce: 2,
      resolver: 'here',
      evidence: true,
      quiet: true,
    });
  });

  it.each([
    [{}, 'nothing to measure: name a target, as in --target rubygems.org'],
    [{ ...TARGET, atOnce: '0' }, '--at-once 0 cannot be used: give a whole number from 1 to 64'],
    [{ ...TARGET, format: 'junit' }, '--format junit cannot be used: choose one of text, json'],
    [{ ...TARGET, only: [''] }, '--only is empty: give it a value, or leave it out'],
    [{ ...TARGET, flushCache: true }, 'unknown option "flushCache": see mtu-probe layers --help'],
    [{ ...TARGET, method: 'icmp', direction: 'reverse' }, /^--method icmp cannot see --direction reverse/],
  ])('is refused in one line: %j', (values, message) => {
    expect(() => parseLayersOptions(values)).toThrow(message);
  });
});

describe('what inspect is asked for', () => {
  it('needs no target', () => {
    expect(parseInspectOptions({ failOnStep: true })).toEqual({
      scope: { all: false, only: [], exclude: [] },
      output: { format: 'text', output: null },
      failOnStep: true,
    });
    expect(() => parseInspectOptions(TARGET)).toThrow('unknown option "target": see mtu-probe inspect --help');
  });
});
