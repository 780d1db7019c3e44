/** The list of paths, worst first: rows that did not change are left alone, so that a hundred are refreshed at once. */

import type { Overview } from '../../service/contract.ts';
import { matching, type Row, rowsOf } from '../model/rows.ts';
import { count } from '../model/words.ts';
import { byId, element } from './element.ts';
import { showSummary } from './header-view.ts';
import { COLUMNS, rowElement } from './row-view.ts';

/** So many are seen at once on most screens. */
const MANY = 8;

interface Shown {
  readonly text: string;
  readonly element: HTMLTableRowElement;
}

const body = byId('rows');
const filter = byId('filter') as HTMLInputElement;
let rows: readonly Row[] = [];
let shown = new Map<string, Shown>();

export function startList(): void {
  // Spelled out, because a table that is drawn as cards is none to some browsers.
  byId('table').setAttribute('role', 'table');
  byId('columns').setAttribute('role', 'row');
  for (const part of [body, byId('columns').parentElement]) part?.setAttribute('role', 'rowgroup');
  byId('columns').append(...COLUMNS.map((name) => element('th', { role: 'columnheader', scope: 'col' }, name)));
  filter.addEventListener('input', () => {
    const found = draw();
    byId('found').textContent = filter.value === '' ? '' : `${found} of ${count(rows.length, 'path', 'paths')}`;
  });
}

export function showList(overview: Overview): void {
  rows = rowsOf(overview);
  showSummary(rows);
  byId('empty').hidden = overview.paths.length > 0;
  byId('table').hidden = rows.length === 0;
  // Once in use it stays, however few are left.
  byId('search').hidden = rows.length <= MANY && filter.value === '';
  draw();
}

/** Gives the focus back to where somebody came from. */
export function focusRow(id: string): void {
  const link = shown.get(id)?.element.querySelector<HTMLElement>('[data-focus]');
  (link ?? byId('paths-heading')).focus();
}

function draw(): number {
  const found = matching(rows, filter.value);
  const active = document.activeElement;
  const focused = active instanceof HTMLElement && body.contains(active) ? active.dataset['focus'] : undefined;
  const next = new Map(
    found.map((row) => {
      const text = JSON.stringify(row);
      const known = shown.get(row.key);
      return [row.key, known?.text === text ? known : { text, element: rowElement(row) }] as const;
    }),
  );
  const elements = [...next.values()].map((entry) => entry.element);
  const isSame =
    elements.length === body.childElementCount && elements.every((entry, index) => body.children[index] === entry);
  shown = next;
  if (!isSame) {
    body.replaceChildren(...elements);
    if (focused !== undefined) focusRow(focused);
  }
  return found.length;
}
