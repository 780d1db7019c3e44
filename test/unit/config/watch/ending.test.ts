import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { addEndingOptions } from '../../../../src/cli/ending-options.ts';
import { ENDING_OPTION_NAMES, parseEnding } from '../../../../src/config/watch/ending.ts';

function refusal(values: Record<string, unknown>): string {
  try {
    parseEnding(values);
  } catch (error) {
    return (error as Error).message;
  }
  return 'taken';
}

describe('how watch ends', () => {
  it('offers exactly the options that the parser reads', () => {
    const names = addEndingOptions(new Command()).options.map((option) => option.attributeName());
    expect(names.sort()).toEqual([...ENDING_OPTION_NAMES].sort());
  });

  it('leaves settings to whoever reads them', () => {
    const { ending, settings } = parseEnding({ target: ['a'], interval: '5s' });
    expect(settings).toEqual({ target: ['a'], interval: '5s' });
    expect(ending).toMatchObject({ onceReady: false, untilSignal: false, readyWithinMs: 300_000 });
  });

  it('reads where the report goes', () => {
    const { ending } = parseEnding({ untilSignal: true, format: 'json', output: 'a.json', report: ['junit=b.xml'] });
    expect(ending.output).toMatchObject({
      format: 'json',
      output: 'a.json',
      reports: [{ format: 'junit', file: 'b.xml' }],
    });
  });

  it.each<[Record<string, unknown>, string]>([
    [{ format: 'json' }, '--format is about the report at the end: add --until-signal or --once-ready'],
    [{ readyWithin: '5s' }, '--ready-within is about the report at the end: add --until-signal or --once-ready'],
    [{ untilSignal: true, readyWithin: '5s' }, '--ready-within is about --once-ready: add that, or leave it out'],
    [{ onceReady: true, readyWithin: 'soon' }, '--ready-within soon cannot be used: give a duration from 1s to 1d'],
    [{ onceReady: true, format: 'pdf' }, '--format pdf cannot be used: choose one of text'],
  ])('%j is refused', (values, message) => {
    expect(refusal(values)).toContain(message);
  });
});
