/** One line of the list: a row of the table, or a card on a phone. */

import type { KnownDirection, PathSummary, TargetState } from '../../service/contract.ts';
import { hashOf } from '../model/route.ts';
import type { Row } from '../model/rows.ts';
import { behaviourWords, mtuWords, slotWords } from '../model/words.ts';
import { age, dueIn } from './clock.ts';
import { element } from './element.ts';
import { badge } from './icon.ts';

/** The heads of its cells, which cards repeat. */
export const COLUMNS = ['Status', 'Target', 'Forward', 'Reverse', 'Since', 'Last run'] as const;

export function rowElement(row: Row): HTMLTableRowElement {
  const { path, target } = row;
  const judgement = path?.judgement ?? null;
  const made = element(
    'tr',
    { role: 'row' },
    cell('Status', badge(row.status), masked(path)),
    element('th', { role: 'rowheader', scope: 'row', 'data-label': 'Target' }, ...targetParts(row)),
    cell('Forward', ...direction(judgement?.forward ?? null)),
    cell('Reverse', ...direction(judgement?.reverse ?? null)),
    cell('Since', judgement === null ? '–' : age(judgement.since)),
    cell('Last run', lastRun(path, target)),
  );
  return made;
}

function cell(label: string, ...children: readonly (Node | string | null)[]): HTMLTableCellElement {
  return element('td', { role: 'cell', 'data-label': label }, element('div', {}, ...children));
}

function masked(path: PathSummary | null): HTMLElement | null {
  if (path === null || path.maskedSince === null) return null;
  return element('small', { class: 'note' }, 'masked for now, since ', age(path.maskedSince));
}

function targetParts({ key, name, path, target }: Row): readonly Node[] {
  const title =
    path === null
      ? element('span', { class: 'name' }, name)
      : element('a', { class: 'name', href: hashOf({ page: 'path', id: path.id }), 'data-focus': key }, name);
  const where = path === null ? null : `${path.address} · IPv${path.family} · ${path.transport.toUpperCase()}`;
  return [
    title,
    ...(where === null ? [] : [element('small', { class: 'where' }, where)]),
    ...labels(target),
    ...notes(target).map((text) => element('small', { class: 'note' }, text)),
  ];
}

export function labels(target: TargetState | null): readonly Node[] {
  const entries = Object.entries(target?.labels ?? {});
  if (entries.length === 0) return [];
  return [
    element('span', { class: 'labels' }, ...entries.map(([key, value]) => element('small', {}, `${key}=${value}`))),
  ];
}

/** What is wrong with a target besides its paths. */
export function notes(target: TargetState | null): readonly string[] {
  if (target === null) return ['no longer configured'];
  const slots = slotWords(target.slots);
  return [
    ...(target.problem === null ? [] : [`Last run measured nothing: ${target.problem}`]),
    ...(slots === null ? [] : [slots]),
  ];
}

function direction(known: KnownDirection | null): readonly Node[] {
  if (known === null) return [element('span', { class: 'mtu unknown' }, '–')];
  return [
    element('span', { class: known.pathMtu === null ? 'mtu unknown' : 'mtu' }, mtuWords(known)),
    element('small', { class: 'behaviour' }, behaviourWords(known.behaviour)),
  ];
}

function lastRun(path: PathSummary | null, target: TargetState | null): Node {
  const at = path?.last.at ?? target?.lastRunAt ?? null;
  if (at !== null) return age(at);
  if (target === null || target.nextAt === null) return element('span', {}, 'never');
  return element('span', {}, 'due ', dueIn(target.nextAt));
}
