/** Something seen here, and which causes it speaks for. A sign moves a match up; it never makes one. */

import type { Cause, Topic, Where } from './cause.ts';

export interface Sign {
  /** 1: it fits. 2: the product, or the provider, is here. 3: an interface of that kind is here, with that very MTU. */
  readonly strength: 1 | 2 | 3;
  readonly topics: readonly Topic[];
  /** What sits there is favoured, whatever it is. */
  readonly where: Where | null;
  /** A clause of its own. */
  readonly words: string;
}

/** The sign that speaks loudest for a cause; among equals the first one. */
export function strongest(cause: Pick<Cause, 'topics' | 'where'>, signs: readonly Sign[]): Sign | null {
  const fitting = signs.filter(
    ({ topics, where }) =>
      (where !== null && where === cause.where) || topics.some((topic) => cause.topics.includes(topic)),
  );
  return fitting.reduce<Sign | null>(
    (best, sign) => (best === null || sign.strength > best.strength ? sign : best),
    null,
  );
}
