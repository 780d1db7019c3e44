/** What concerns the whole service: is it ready, is what stands here live, how many paths are how bad. */

import type { Overview } from '../../service/contract.ts';
import { type Row, tally } from '../model/rows.ts';
import { lookOf } from '../model/status.ts';
import { age } from './clock.ts';
import { byId, element } from './element.ts';
import { badge, icon } from './icon.ts';
import { Section } from './section.ts';

export type Connection = 'connecting' | 'live' | 'polling' | 'offline';

const CONNECTIONS: Readonly<
  Record<Connection, readonly [shape: 'check' | 'dots' | 'triangle' | 'cross', words: string]>
> = {
  connecting: ['dots', 'connecting'],
  live: ['check', 'live'],
  polling: ['triangle', 'not live: asks every few seconds'],
  offline: ['cross', 'disconnected: what stands here may be old'],
};
const TONES = { connecting: 'neutral', live: 'good', polling: 'warning', offline: 'bad' } as const;

const service = new Section(byId('service'));
const readiness = new Section(byId('readiness'));
const summary = new Section(byId('summary'));
const connection = new Section(byId('connection'));

export function showService({ version, startedAt, readiness: ready, hasMesh }: Overview): void {
  service.show([version, startedAt], () => [element('span', {}, `version ${version}, started `), age(startedAt)]);
  readiness.show(ready, () => [
    element(
      'p',
      { class: `badge tone-${ready.ready ? 'good' : 'bad'}` },
      icon(ready.ready ? 'check' : 'cross'),
      element('span', {}, ready.ready ? 'ready' : 'not ready'),
    ),
    ...(ready.reasons.length === 0
      ? []
      : [element('ul', { class: 'reasons' }, ...ready.reasons.map((reason) => element('li', {}, reason)))]),
  ]);
  byId('mesh-link').hidden = !hasMesh;
}

export function showSummary(rows: readonly Row[]): void {
  const counts = tally(rows);
  summary.show(counts, () =>
    counts.map(([status, count]) =>
      element(
        'li',
        { class: `tally tone-${lookOf(status).tone}` },
        element('strong', {}, String(count)),
        badge(status),
      ),
    ),
  );
}

export function showConnection(state: Connection): void {
  connection.show(state, () => {
    const [shape, words] = CONNECTIONS[state];
    return [element('span', { class: `badge tone-${TONES[state]}` }, icon(shape), element('span', {}, words))];
  });
}
