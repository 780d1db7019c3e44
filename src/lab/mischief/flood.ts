/** The last forgeries, again and again: how many are due at any instant. Bounded in time and in number. */

/** Goes on for so long after the last packet that it was made of. */
const AFTERMATH_MS = 1000;
/** In the life of one link: fifty seconds at ten thousand a second. */
const MOST = 500_000;

export interface Flood<Item> {
  /** Replaces what is repeated, and keeps the flood going. */
  feed(item: Item, nowMs: number): void;
  /** What is due since the last call: one item as often as the rate says. */
  due(nowMs: number): { readonly item: Item; readonly times: number } | null;
  /** When to ask again; `null` while nothing is repeated. */
  nextDueMs(): number | null;
}

/** @param perSecond 0 repeats nothing. */
export function flood<Item>(perSecond: number): Flood<Item> {
  let current: { readonly item: Item; readonly untilMs: number } | null = null;
  let left = perSecond > 0 ? MOST : 0;
  let countedMs = 0;
  return {
    feed: (item, nowMs) => {
      if (left === 0) return;
      if (current === null) countedMs = nowMs;
      current = { item, untilMs: nowMs + AFTERMATH_MS };
    },
    due: (nowMs) => {
      if (current === null) return null;
      const { item, untilMs } = current;
      const endMs = Math.min(nowMs, untilMs);
      const times = Math.min(left, Math.floor(((endMs - countedMs) * perSecond) / 1000));
      left -= times;
      countedMs += (times * 1000) / perSecond;
      if (nowMs >= untilMs || left === 0) current = null;
      return times > 0 ? { item, times } : null;
    },
    nextDueMs: () => (current === null ? null : countedMs + 1000 / perSecond),
  };
}
