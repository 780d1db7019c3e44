/** Path MTUs over time as two step lines. What it shows stands beside it as a sentence and a table. */

import uPlot from 'uplot';
import type { HistoryPoint } from '../../service/contract.ts';
import { type Series, seriesOf, seriesSentence, shownMs, sizeScale } from '../model/series.ts';
import { serviceNow } from './clock.ts';
import { element } from './element.ts';

const HEIGHT = 220;
/** Wide enough for "≥ 9000" in the font of the axis. */
const AXIS_WIDTH = 52;
const AXIS_HEIGHT = 30;
/** Half of a label at the right edge. */
const LABEL_OVERHANG = 24;
/** `HH:MM` needs 35 px, a date with it 80. */
const TICK_SPACE = 90;
const DAY_S = 86_400;
const FONT = '12px system-ui, sans-serif';
const STEPS = uPlot.paths.stepped;

const TIME = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const DATE = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });

export class ChartView {
  readonly root = element('div', { class: 'chart', role: 'img' });
  #chart: uPlot | null = null;
  #points: readonly HistoryPoint[] = [];
  #rangeMs = 0;

  constructor() {
    new ResizeObserver(() => this.#resize()).observe(this.root);
    // A canvas does not follow the colours of the page.
    for (const query of ['(prefers-color-scheme: dark)', '(prefers-contrast: more)']) {
      matchMedia(query).addEventListener('change', () => this.#draw());
    }
  }

  show(points: readonly HistoryPoint[], rangeMs: number): void {
    this.#points = points;
    this.#rangeMs = rangeMs;
    this.root.setAttribute('aria-label', `Chart of path MTUs over time. ${seriesSentence(points)}`);
    this.#draw();
  }

  #resize(): void {
    const width = this.root.clientWidth;
    if (this.#chart === null) this.#draw();
    else if (width > 0 && width !== this.#chart.width) this.#chart.setSize({ width, height: HEIGHT });
  }

  #draw(): void {
    const width = this.root.clientWidth;
    this.#chart?.destroy();
    this.#chart = null;
    if (width === 0 || this.#points.length === 0) return;
    const now = serviceNow();
    const series = seriesOf(this.#points, now);
    const data: uPlot.AlignedData = [[...series.at], [...series.forward], [...series.reverse]];
    this.#chart = new uPlot(this.#options(width, series, now), data, this.root);
  }

  #options(width: number, series: Series, now: number): uPlot.Options {
    const style = getComputedStyle(this.root);
    const colour = (name: string): string => style.getPropertyValue(name).trim();
    const { min, max, ticks } = sizeScale(series);
    const axis = { stroke: colour('--quiet'), font: FONT, grid: { stroke: colour('--line'), width: 1 } };
    const span = shownMs(this.#points, this.#rangeMs, now) / 1000;
    const line = (label: string, stroke: string, width: number, dash: number[]): uPlot.Series => ({
      label,
      stroke,
      width,
      dash,
      points: { show: false },
      spanGaps: false,
      ...(STEPS === undefined ? {} : { paths: STEPS({ align: 1 }) }),
    });
    return {
      width,
      height: HEIGHT,
      legend: { show: false },
      cursor: { show: false },
      padding: [8, LABEL_OVERHANG, 0, 0],
      scales: { x: { time: true, range: () => [now / 1000 - span, now / 1000] }, y: { range: () => [min, max] } },
      axes: [
        {
          ...axis,
          size: AXIS_HEIGHT,
          space: TICK_SPACE,
          values: (_, splits) => splits.map((at) => instantWords(at, span)),
        },
        { ...axis, size: AXIS_WIDTH, splits: () => [...ticks], values: (_, splits) => splits.map(String) },
      ],
      // The second is thinner and broken: where both are one, both are seen.
      series: [{}, line('forward', colour('--forward'), 4, []), line('reverse', colour('--reverse'), 2, [6, 4])],
    };
  }
}

function instantWords(at: number, span: number): string {
  const date = new Date(at * 1000);
  const isMidnight = date.getHours() === 0 && date.getMinutes() === 0;
  if (span > DAY_S || isMidnight) return isMidnight ? DATE.format(date) : `${DATE.format(date)} ${TIME.format(date)}`;
  return TIME.format(date);
}
