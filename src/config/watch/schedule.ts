/** When something is due: its own interval or cron expression, or the one of all. */

import { formatDuration } from '../quantities.ts';
import { requireCron, requireTimeZone } from './cron.ts';
import { fallbackOf } from './fallback.ts';
import type { Schedule } from './options.ts';
import { nameOf, refuse } from './place.ts';
import { readAs, SCHEMAS } from './schemas.ts';
import { requireText, type Tree } from './tree.ts';

type SlotKey = 'interval' | 'cron' | 'timeZone' | 'jitter';
/** What one of them was given. */
export type SlotKeys = (key: SlotKey) => Tree | undefined;

export interface Slots {
  readonly schedule: Schedule;
  readonly jitterMs: number;
}

/** @param own outranks `all`, wherever either stands. @throws UsageError. */
export function slotsOf(own: SlotKeys, all: SlotKeys, now: Date): Slots {
  const chosen = chosenOf(own) ?? chosenOf(all) ?? { kind: 'interval', tree: fallbackOf('interval') };
  const jitter = own('jitter') ?? all('jitter') ?? fallbackOf('jitter');
  const jitterMs = jitter === null ? 0 : readAs(jitter, SCHEMAS.jitter);
  const { schedule, gapMs } =
    chosen.kind === 'cron'
      ? cronOf(chosen.tree, own('timeZone') ?? all('timeZone'), now)
      : intervalOf(chosen.tree, own);
  if (jitter !== null && jitterMs >= gapMs) {
    const gap = formatDuration(gapMs);
    refuse(jitter.place, `${requireText(jitter).text} reaches the next slot, which comes after ${gap}: give less`);
  }
  return { schedule, jitterMs };
}

type Chosen =
  | { readonly kind: 'cron'; readonly tree: Tree }
  | { readonly kind: 'interval'; readonly tree: Tree | null };

function chosenOf(keys: SlotKeys): Chosen | null {
  const [interval, cron] = [keys('interval'), keys('cron')];
  if (cron === undefined) return interval === undefined ? null : { kind: 'interval', tree: interval };
  if (interval !== undefined) refuse(cron.place, `excludes ${nameOf(interval.place)}: leave one of them out`);
  return { kind: 'cron', tree: cron };
}

interface Timed {
  readonly schedule: Schedule;
  /** Between a slot and the next one, at least. */
  readonly gapMs: number;
}

function intervalOf(tree: Tree | null, own: SlotKeys): Timed {
  const zone = own('timeZone');
  if (zone !== undefined) refuse(zone.place, 'speaks of cron, and there is none: leave it out, or give cron');
  const everyMs = tree === null ? Number.POSITIVE_INFINITY : readAs(tree, SCHEMAS.interval);
  return { schedule: { kind: 'interval', everyMs }, gapMs: everyMs };
}

function cronOf(tree: Tree, zone: Tree | undefined, now: Date): Timed {
  const expression = requireText(tree).text.replace(/\s+/g, ' ');
  const timeZone = zone === undefined ? null : requireTimeZone(requireText(zone).text, zone.place);
  const times = requireCron(expression, timeZone, now, tree.place).map((time) => time.getTime());
  const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
  return { schedule: { kind: 'cron', expression, timeZone }, gapMs: Math.min(...gaps) };
}
