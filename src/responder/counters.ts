/** What became of everything that came in: instead of a log line for each, which a flood would make a flood of its own. */

const NAMES = [
  'datagrams',
  'malformed',
  'unsigned',
  'unsupportedVersion',
  'staleCookie',
  'replayed',
  'rateLimited',
  'welcomed',
  'acknowledged',
  'sent',
  'limited',
  'told',
  'unsent',
  'connections',
  'busy',
  'timedOut',
] as const;

export type Counters = Record<(typeof NAMES)[number], number>;

export function newCounters(): Counters {
  return Object.fromEntries(NAMES.map((name) => [name, 0])) as Counters;
}

/** Those that say something. */
export function counted(counters: Counters): Partial<Counters> {
  return Object.fromEntries(Object.entries(counters).filter(([, count]) => count > 0));
}
