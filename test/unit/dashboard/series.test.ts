import { describe, expect, it } from 'vitest';
import { seriesOf, seriesSentence, shownMs, sizeScale } from '../../../src/dashboard/model/series.ts';
import type { HistoryPoint } from '../../../src/service/contract.ts';

function point(second: number, forward: number | null, reverse: number | null, masked = false): HistoryPoint {
  const direction = (pathMtu: number | null) => ({ pathMtu, exact: true, behaviour: 'clear' }) as const;
  return {
    ...{ at: new Date(second * 1000).toISOString(), verdict: 'clear', masked, rttMs: 1, durationMs: 1 },
    ...{ forward: direction(forward), reverse: direction(reverse) },
  };
}

const rows = (points: readonly HistoryPoint[], now: number) => {
  const { at, forward, reverse } = seriesOf(points, now * 1000);
  return at.map((second, index) => [second, forward[index], reverse[index]]);
};

describe('series', () => {
  it('hold each size until the next run, and the last one until now', () => {
    expect(rows([point(0, 1500, 1500), point(60, 1500, 1400)], 90)).toEqual([
      [0, 1500, 1500],
      [60, 1500, 1400],
      [90, 1500, 1400],
    ]);
  });

  it('hold a size up to the run that does not know it, and have a gap there', () => {
    expect(rows([point(0, 1500, 1500), point(60, 1500, null), point(120, 1500, 1400)], 120)).toEqual([
      [0, 1500, 1500],
      [59.999, 1500, 1500],
      [60, 1500, null],
      [120, 1500, 1400],
    ]);
  });

  it('know nothing of masked runs', () => {
    expect(rows([point(0, 1500, 1500, true)], 0)).toEqual([[0, null, null]]);
  });

  it('have a gap where nobody measured for much longer than usual', () => {
    const points = [point(0, 1500, 1500), point(60, 1500, 1500), point(120, 1500, 1500), point(1000, 1400, 1400)];
    expect(rows(points, 1060).slice(2)).toEqual([
      [120, 1500, 1500],
      [180, 1500, 1500],
      [180.001, null, null],
      [1000, 1400, 1400],
      [1060, 1400, 1400],
    ]);
  });

  it('end where the service stopped', () => {
    expect(rows([point(0, 1500, 1500), point(60, 1500, 1500)], 10_000).at(-1)).toEqual([120.001, null, null]);
  });

  it('are empty without runs, and never go back in time', () => {
    expect(rows([], 5)).toEqual([]);
    const { at } = seriesOf([point(10, 1, 1), point(20, 1, null), point(20, 1, 1)], 0);
    expect([...at].sort((a, b) => a - b)).toEqual(at);
  });
});

describe('how far back a chart goes', () => {
  const DAY_MS = 86_400_000;

  it.each([
    ['as far as it may, where there are runs', [point(0, 1500, 1500)], 2 * DAY_MS, DAY_MS],
    ['to the first run of all, where it is young', [point(0, 1500, 1500)], 600_000, 600_000],
    ['two minutes at least', [point(0, 1500, 1500)], 5000, 120_000],
    ['as far as it may, without any', [], 5000, DAY_MS],
  ])('%s', (_, points, now, shown) => {
    expect(shownMs(points, DAY_MS, now)).toBe(shown);
  });
});

describe('the scale of sizes', () => {
  const scale = (...sizes: (number | null)[]) => sizeScale({ at: [], forward: sizes, reverse: [] });

  it('names the sizes that occur, without those that would cover another', () => {
    expect(scale(1500, 1492, 1400, null, 1500).ticks).toEqual([1400, 1500]);
    expect(scale(9000, 1500).ticks).toEqual([1500, 9000]);
  });

  it('has room around a straight line, and around nothing', () => {
    expect(scale(1500)).toEqual({ min: 1480, max: 1520, ticks: [1500] });
    expect(scale(null)).toMatchObject({ ticks: [] });
  });
});

describe('the sentence of a chart', () => {
  it('says what the lines say', () => {
    expect(seriesSentence([])).toBe('No runs in this time.');
    expect(seriesSentence([point(0, 1500, null)])).toBe(
      '1 run: forward path MTU 1500 throughout; reverse path MTU unknown.',
    );
    expect(seriesSentence([point(0, 1500, 1500), point(1, 1500, 1450)])).toBe(
      '2 runs: forward path MTU 1500 throughout; reverse path MTU between 1450 and 1500, 1450 at last.',
    );
  });
});
