/** When a target is due: instants in milliseconds since 1970, as a function of time alone. */

import type { Schedule } from '../../config/watch/options.ts';

export interface Slots {
  /** The first one after that instant; `null` when there is none any more. */
  after(ms: number): number | null;
}

/** @param anchorMs an interval's slots are this instant and every multiple of it. */
export async function slotsOf(schedule: Schedule, anchorMs: number): Promise<Slots> {
  if (schedule.kind === 'interval') return everyInterval(schedule.everyMs, anchorMs);
  const { Cron } = await import('croner');
  const cron = new Cron(schedule.expression, {
    paused: true,
    ...(schedule.timeZone === null ? {} : { timezone: schedule.timeZone }),
  });
  return { after: (ms) => cron.nextRun(new Date(ms))?.getTime() ?? null };
}

function everyInterval(everyMs: number, anchorMs: number): Slots {
  return { after: (ms) => anchorMs + (Math.floor((ms - anchorMs) / everyMs) + 1) * everyMs };
}

/** What is started within so little is nothing that anybody waits for. */
const LARGEST_STEP_MS = 250;

/**
 * How much later than the first of all targets each one begins, so that they do not all go out at once.
 *
 * @param index of `count` targets with the same interval.
 */
export function offsetOf(index: number, count: number, everyMs: number): number {
  return Math.round(index * Math.min(LARGEST_STEP_MS, everyMs / count));
}

/** Slots in (`from`, `to`]: those that went by while nobody looked, as after a suspend. At most `most` are counted. */
export function slotsBetween(slots: Slots, from: number, to: number, most: number): number {
  let count = 0;
  for (let at = slots.after(from); at !== null && at <= to && count < most; at = slots.after(at)) count += 1;
  return count;
}
