/** What happened, newest first. */

import type { ServiceEvent } from '../../service/contract.ts';
import { changesOf } from '../model/news.ts';
import { hashOf } from '../model/route.ts';
import { kindWords } from '../model/words.ts';
import { age } from './clock.ts';
import { element } from './element.ts';

/** @param linked whether each names its path: not where all are of the same. */
export function eventNodes(events: readonly ServiceEvent[], linked: boolean): readonly Node[] {
  if (events.length === 0) return [element('p', { class: 'quiet' }, 'Nothing happened yet.')];
  return [element('ol', { class: 'events' }, ...events.map((event) => eventElement(event, linked)))];
}

function eventElement(event: ServiceEvent, linked: boolean): HTMLLIElement {
  const { kind, at, summary, pathId, id } = event;
  const changes = changesOf(event);
  return element(
    'li',
    { class: `event event-${kind}` },
    element('p', { class: 'event-head' }, element('strong', {}, kindWords(kind)), ' ', age(at)),
    element(
      'p',
      {},
      linked && pathId !== null && kind !== 'path-gone'
        ? element('a', { href: hashOf({ page: 'path', id: pathId }), 'data-focus': `event ${id}` }, summary)
        : summary,
    ),
    changes.length === 0
      ? null
      : element(
          'ul',
          { class: 'changes' },
          ...changes.map(({ what, before, after }) =>
            element(
              'li',
              {},
              `${what} `,
              element('del', {}, before),
              element('span', { 'aria-hidden': 'true' }, ' → '),
              element('span', { class: 'spoken' }, ' became '),
              element('ins', {}, after),
            ),
          ),
        ),
  );
}
