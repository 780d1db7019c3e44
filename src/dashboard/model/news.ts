/** Events as they come: newest first, each once, whether a list or the stream brought it. */

import type { ServiceEvent } from '../../service/contract.ts';
import { lookOf } from './status.ts';
import { mtuWords } from './words.ts';

/** The page is a glance, not an archive; the API has all of them. */
const MOST_EVENTS = 50;

/** What is worth interrupting somebody who listens to the page: not what runs of themselves. */
const QUIET: readonly ServiceEvent['kind'][] = ['slot-missed', 'reloaded', 'started'];

export function withEvents(
  known: readonly ServiceEvent[],
  more: readonly ServiceEvent[],
  most = MOST_EVENTS,
): readonly ServiceEvent[] {
  const byId = new Map([...known, ...more].map((event) => [event.id, event]));
  return [...byId.values()].sort((a, b) => b.id - a.id).slice(0, most);
}

/** What to say of an event that has just come; `null` when it was known or is not worth it. */
export function announcement(known: readonly ServiceEvent[], event: ServiceEvent): string | null {
  if (QUIET.includes(event.kind) || known.some(({ id }) => id === event.id)) return null;
  return event.summary;
}

/** One line of what changed: `reverse path MTU`, `1500`, `1450`. */
export interface Change {
  readonly what: string;
  readonly before: string;
  readonly after: string;
}

export function changesOf({ before, after }: ServiceEvent): readonly Change[] {
  if (before === null || after === null) return [];
  const all = [
    { what: 'verdict', before: lookOf(before.verdict).word, after: lookOf(after.verdict).word },
    { what: 'forward path MTU', before: mtuWords(before.forward), after: mtuWords(after.forward) },
    { what: 'reverse path MTU', before: mtuWords(before.reverse), after: mtuWords(after.reverse) },
  ];
  return all.filter((change) => change.before !== change.after);
}
