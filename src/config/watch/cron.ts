/** Cron expressions, by the library that keeps them later. */

import { Cron } from 'croner';
import { type Place, refuse } from './place.ts';

/** @returns when it fires next, after `from`: fewer than `count` when it ends. */
export function nextTimes(expression: string, timeZone: string | null, from: Date, count: number): readonly Date[] {
  const zone = timeZone === null ? {} : { timezone: timeZone };
  return new Cron(expression, { mode: '5-or-6-parts', paused: true, ...zone }).nextRuns(count, from);
}

const FIELDS: readonly number[] = [5, 6];

/** @param expression with single spaces. @throws UsageError unless it fires. */
export function requireCron(expression: string, timeZone: string | null, from: Date, place: Place): readonly Date[] {
  const form = 'write five fields, as in "*/5 * * * *", or six that begin with seconds';
  // The library would take the name of a time, or one date, as well.
  const { length } = expression.split(' ');
  if (!FIELDS.includes(length)) refuse(place, `${expression} cannot be used: ${form}`);
  const times = timesOrComplaint(expression, timeZone, from);
  if (typeof times === 'string') refuse(place, `${expression} cannot be used: ${times}; ${form}`);
  if (times.length === 0) refuse(place, `${expression} never comes: name a day that exists`);
  return times;
}

/** Two days in a row tell how near to each other its slots can be; some more, since they may differ. */
const LOOKED_AT = 10;

function timesOrComplaint(expression: string, timeZone: string | null, from: Date): readonly Date[] | string {
  try {
    return nextTimes(expression, timeZone, from, LOOKED_AT);
  } catch (error) {
    return error instanceof Error ? error.message.replace(/^CronPattern: /, '').replace(/[.:\s]+$/, '') : String(error);
  }
}

/** @throws UsageError unless it is a name of the IANA database that this Node.js knows. */
export function requireTimeZone(name: string, place: Place): string {
  if (!isTimeZone(name)) refuse(place, `${name} is no time zone: give a name as in Europe/Berlin or UTC`);
  return name;
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
