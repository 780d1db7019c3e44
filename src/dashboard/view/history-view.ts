/** The history of one path: how far to look back, the chart, and its runs as a table. */

import type { HistoryPoint } from '../../service/contract.ts';
import { seriesSentence } from '../model/series.ts';
import { lookOf } from '../model/status.ts';
import { behaviourWords, count, mtuWords } from '../model/words.ts';
import { ChartView } from './chart-view.ts';
import { instant } from './clock.ts';
import { element } from './element.ts';

const HOUR_MS = 3_600_000;
const RANGES = [
  { label: '1 h', name: 'the last hour', ms: HOUR_MS },
  { label: '24 h', name: 'the last 24 hours', ms: 24 * HOUR_MS },
  { label: '7 d', name: 'the last 7 days', ms: 7 * 24 * HOUR_MS },
] as const;
/** The newest; the chart has all. */
const MOST_ROWS = 200;

export class HistoryView {
  readonly root: HTMLElement;
  readonly #chart = new ChartView();
  readonly #sentence = element('p', { class: 'quiet' });
  readonly #table = element('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Runs as a table' });
  readonly #buttons: readonly HTMLButtonElement[];
  #rangeMs: number = RANGES[1].ms;

  /** @param onRange asks for the points of another time */
  constructor(onRange: () => void) {
    this.#buttons = RANGES.map(({ label, name, ms }) => {
      const button = element('button', { type: 'button', 'aria-label': `${label}: ${name}` }, label);
      button.addEventListener('click', () => {
        this.#rangeMs = ms;
        this.#press();
        onRange();
      });
      return button;
    });
    this.#press();
    this.root = element(
      'div',
      {},
      element('div', { class: 'ranges', role: 'group', 'aria-label': 'Time shown' }, ...this.#buttons),
      this.#chart.root,
      element('ul', { class: 'legend' }, legend('forward'), legend('reverse'), element('li', {}, 'no line: not known')),
      this.#sentence,
      element('details', {}, element('summary', {}, 'Runs as a table'), this.#table),
    );
  }

  get rangeMs(): number {
    return this.#rangeMs;
  }

  show(points: readonly HistoryPoint[]): void {
    this.#chart.root.hidden = points.length === 0;
    this.#chart.show(points, this.#rangeMs);
    this.#sentence.textContent = seriesSentence(points);
    this.#table.replaceChildren(runsTable(points));
  }

  #press(): void {
    for (const [index, button] of this.#buttons.entries()) {
      button.setAttribute('aria-pressed', String(RANGES[index]?.ms === this.#rangeMs));
    }
  }
}

function legend(name: 'forward' | 'reverse'): HTMLLIElement {
  return element('li', {}, element('span', { class: `sample sample-${name}` }), `${name} path MTU`);
}

function runsTable(points: readonly HistoryPoint[]): HTMLTableElement {
  const newest = [...points].reverse().slice(0, MOST_ROWS);
  const heads = ['At', 'Verdict', 'Forward', 'Reverse', 'Round trip', 'Took'];
  const left = points.length - newest.length;
  return element(
    'table',
    { class: 'runs' },
    element(
      'caption',
      {},
      left === 0 ? 'Newest first' : `Newest first; ${count(left, 'older run', 'older runs')} left out`,
    ),
    element('thead', {}, element('tr', {}, ...heads.map((head) => element('th', { scope: 'col' }, head)))),
    element('tbody', {}, ...newest.map(runRow)),
  );
}

function runRow({ at, verdict, masked, forward, reverse, rttMs, durationMs }: HistoryPoint): HTMLTableRowElement {
  const cells = [
    `${lookOf(verdict).word}${masked ? ', masked' : ''}`,
    `${mtuWords(forward)}, ${behaviourWords(forward.behaviour)}`,
    `${mtuWords(reverse)}, ${behaviourWords(reverse.behaviour)}`,
    rttMs === null ? 'unknown' : `${rttMs.toFixed(1)} ms`,
    `${(durationMs / 1000).toFixed(1)} s`,
  ];
  return element(
    'tr',
    {},
    element('th', { scope: 'row' }, element('time', { datetime: at }, instant(at))),
    ...cells.map((text) => element('td', {}, text)),
  );
}
