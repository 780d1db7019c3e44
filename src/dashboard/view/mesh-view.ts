/** Who measures whom, as a matrix that arrow keys walk. */

import type { Mesh, MeshCell } from '../../service/contract.ts';
import { cellSentence } from '../model/mesh-words.ts';
import { cellSize, type Oddities } from '../model/odd-nodes.ts';
import { hashOf } from '../model/route.ts';
import { lookOf } from '../model/status.ts';
import { byId, element } from './element.ts';

/** Short enough for a column, and told apart without colour. */
const SIGNS = { cross: '✗', triangle: '▲', check: '', question: '?', dots: '…' } as const;

const STEPS: Readonly<Record<string, readonly [down: number, right: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  PageUp: [-10, 0],
  PageDown: [10, 0],
};

/** @param knownPaths ids of paths that this service measured itself: what others measured is theirs */
export function matrix(mesh: Mesh, { nodes, usual }: Oddities, knownPaths: ReadonlySet<string>): HTMLTableElement {
  const odd = new Set(nodes.map(({ agent }) => agent));
  const agents = agentsOf(mesh, odd);
  const head = (agent: string, scope: 'row' | 'col'): HTMLTableCellElement =>
    element(
      'th',
      { scope, role: scope === 'row' ? 'rowheader' : 'columnheader', class: odd.has(agent) ? 'odd' : null },
      element('span', {}, agent),
      odd.has(agent) ? element('span', { class: 'odd-mark' }, ' odd') : null,
    );
  const rows = agents.map((agent) => {
    const cells = new Map(mesh.rows.find((row) => row.agent === agent)?.cells.map((cell) => [cell.peer, cell]));
    return element(
      'tr',
      { role: 'row' },
      head(agent, 'row'),
      ...agents.map((peer) =>
        cellElement(agent, peer, cells.get(peer), { usual, isOdd: odd.has(agent) || odd.has(peer) }),
      ),
    );
  });
  const table = element(
    'table',
    { class: 'matrix', role: 'grid', 'aria-label': 'Path MTU between agents' },
    element(
      'thead',
      {},
      element(
        'tr',
        { role: 'row' },
        element('td', { role: 'gridcell', class: 'corner' }, 'measures ↓, measured →'),
        ...agents.map((agent) => head(agent, 'col')),
      ),
    ),
    element('tbody', {}, ...rows),
  );
  makeWalkable(table, (cell) => tell(cell, knownPaths));
  return table;
}

/** All that measure or are measured, each once: odd ones first, so that nobody scrolls through a hundred for them. */
function agentsOf({ rows, silent }: Mesh, odd: ReadonlySet<string>): readonly string[] {
  const measured = rows.flatMap(({ agent, cells }) => [agent, ...cells.map(({ peer }) => peer)]);
  return [...new Set([...measured, ...silent.map(({ agent }) => agent)])].sort(
    (a, b) => Number(odd.has(b)) - Number(odd.has(a)) || compareNames(a, b),
  );
}

/** So that 10.0.0.2 comes before 10.0.0.10. */
function compareNames(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}

interface CellContext {
  readonly usual: number | null;
  readonly isOdd: boolean;
}

function cellElement(
  agent: string,
  peer: string,
  cell: MeshCell | undefined,
  { usual, isOdd }: CellContext,
): HTMLTableCellElement {
  if (agent === peer) return gridCell('self', '·', `${agent} itself.`);
  if (cell === undefined) return gridCell('none', '–', `${agent} does not measure ${peer}.`);
  if (cell.verdict === null) return gridCell('none', '…', cellSentence(agent, cell));
  const { tone, shape } = lookOf(cell.verdict);
  const size = cellSize(cell);
  const differs = size !== usual ? ' differs' : '';
  const made = gridCell(
    `tone-${tone}${differs}${isOdd ? ' in-odd' : ''}`,
    `${size ?? '–'}${SIGNS[shape] === '' ? '' : ` ${SIGNS[shape]}`}`,
    cellSentence(agent, cell),
  );
  made.dataset['focus'] = JSON.stringify([agent, peer]);
  if (cell.pathId !== null) made.dataset['path'] = cell.pathId;
  return made;
}

function gridCell(className: string, text: string, description: string): HTMLTableCellElement {
  return element('td', { role: 'gridcell', class: className, tabindex: -1, 'aria-label': description }, text);
}

/** One stop of the Tab key; what the focus or the pointer is on is told in full. */
function makeWalkable(table: HTMLTableElement, onCell: (cell: HTMLTableCellElement) => void): void {
  const first = table.tBodies[0]?.rows[0]?.cells[1];
  if (first !== undefined) first.tabIndex = 0;
  table.addEventListener('focusin', ({ target }) => {
    if (!(target instanceof HTMLTableCellElement)) return;
    for (const cell of table.querySelectorAll<HTMLTableCellElement>('[tabindex="0"]')) cell.tabIndex = -1;
    target.tabIndex = 0;
    onCell(target);
  });
  table.addEventListener('pointerover', ({ target }) => {
    if (target instanceof HTMLTableCellElement) onCell(target);
  });
  table.addEventListener('click', ({ target }) => {
    if (target instanceof HTMLTableCellElement && target.hasAttribute('tabindex')) target.focus();
  });
  table.addEventListener('keydown', (event) => {
    const { target, key } = event;
    if (!(target instanceof HTMLTableCellElement) || !(target.parentElement instanceof HTMLTableRowElement)) return;
    const next = neighbour(table, target.parentElement, target, key);
    if (next === null) return;
    event.preventDefault();
    next.focus();
  });
}

function neighbour(
  table: HTMLTableElement,
  row: HTMLTableRowElement,
  cell: HTMLTableCellElement,
  key: string,
): HTMLElement | null {
  const rows = [...(table.tBodies[0]?.rows ?? [])];
  const at = (down: number, right: number): HTMLElement | null => {
    const found = rows[Math.min(Math.max(down, 0), rows.length - 1)]?.cells;
    // The first is the row's head.
    return found?.[Math.min(Math.max(right, 1), found.length - 1)] ?? null;
  };
  if (key === 'Home') return at(rows.indexOf(row), 1);
  if (key === 'End') return at(rows.indexOf(row), rows.length);
  const step = STEPS[key];
  return step === undefined ? null : at(rows.indexOf(row) + step[0], cell.cellIndex + step[1]);
}

function tell(cell: HTMLTableCellElement, knownPaths: ReadonlySet<string>): void {
  const text = cell.getAttribute('aria-label');
  if (text === null) return;
  const id = cell.dataset['path'];
  const link =
    id !== undefined && knownPaths.has(id)
      ? element('a', { href: `/${hashOf({ page: 'path', id })}` }, 'The path')
      : null;
  byId('cell').replaceChildren(text, ...(link === null ? [] : [' ', link]));
}
