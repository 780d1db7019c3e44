/** Values as words. Nothing here reads a clock. */

import type { Behaviour } from '../../contract.ts';
import type { EventKind, KnownDirection, SlotCounts } from '../../service/contract.ts';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Two of a unit before the next larger one is used: "90 s" says more than "1 min". */
const UNITS = [
  { ms: DAY_MS, name: 'd' },
  { ms: HOUR_MS, name: 'h' },
  { ms: MINUTE_MS, name: 'min' },
  { ms: SECOND_MS, name: 's' },
] as const;
const ENOUGH_OF_A_UNIT = 2;

/** How long, in the largest unit that fits twice. Below a second, and for what clocks that differ make negative: `0 s`. */
export function duration(ms: number): string {
  const unit = UNITS.find((entry) => ms >= ENOUGH_OF_A_UNIT * entry.ms);
  return unit === undefined ? `${ms >= SECOND_MS ? 1 : 0} s` : `${Math.floor(ms / unit.ms)} ${unit.name}`;
}

/** @param at ISO 8601. @param nowMs milliseconds since 1970. */
export function ago(at: string, nowMs: number): string {
  const ms = nowMs - Date.parse(at);
  return ms < SECOND_MS ? 'just now' : `${duration(ms)} ago`;
}

/** When something is due: `in 5 min`; `now` once it is. */
export function ahead(at: string, nowMs: number): string {
  const ms = Date.parse(at) - nowMs;
  return ms < SECOND_MS ? 'now' : `in ${duration(ms)}`;
}

/** `1450`, `≥ 1400` for a lower bound, `unknown`. */
export function mtuWords(direction: Pick<KnownDirection, 'pathMtu' | 'exact'> | null): string {
  if (direction === null || direction.pathMtu === null) return 'unknown';
  return direction.exact ? String(direction.pathMtu) : `≥ ${direction.pathMtu}`;
}

const BEHAVIOURS: Readonly<Record<Behaviour, string>> = {
  clear: 'all sizes arrive',
  silent: 'larger ones vanish, untold',
  signalled: 'larger ones are refused, and told',
  clamped: 'TCP agreed on less',
  delayed: 'larger ones vanish, found out late',
  'local-limit': 'this host sends no larger ones',
  'not-exercised': 'replies are too short to tell',
  unknown: 'larger ones: not known',
};

export function behaviourWords(behaviour: Behaviour): string {
  return BEHAVIOURS[behaviour];
}

const KINDS: Readonly<Record<EventKind, string>> = {
  'path-found': 'path found',
  'verdict-changed': 'verdict changed',
  'path-mtu-changed': 'path MTU changed',
  masked: 'masked',
  unmasked: 'unmasked',
  'path-gone': 'path gone',
  'target-failed': 'target failed',
  'target-recovered': 'target recovered',
  'slot-missed': 'slot missed',
  started: 'started',
  stopped: 'stopped',
  reloaded: 'reloaded',
  'reload-refused': 'reload refused',
  ready: 'ready',
  'not-ready': 'not ready',
};

export function kindWords(kind: EventKind): string {
  return KINDS[kind];
}

/** What went wrong with the slots of a target: `3 missed, 1 failed of 120`; `null` when nothing did. */
export function slotWords({ due, missed, cut, failed }: SlotCounts): string | null {
  const parts = [
    [missed, 'missed'],
    [cut, 'cut short'],
    [failed, 'failed'],
  ] as const;
  const bad = parts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
  return bad.length === 0 ? null : `${bad.join(', ')} of ${due} ${due === 1 ? 'run' : 'runs'}`;
}

export function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}
