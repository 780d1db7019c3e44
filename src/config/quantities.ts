/** Durations and sizes as people write them, and back. */

import * as v from 'valibot';
import { refusal } from './values.ts';

const MS_PER = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
/** SI brochure, 9th edition, table 7; IEC 80000-13. */
const BYTES_PER = { GiB: 2 ** 30, GB: 1e9, MiB: 2 ** 20, MB: 1e6, KiB: 1024, kB: 1e3, KB: 1e3, B: 1 } as const;

/** @returns a schema: text → milliseconds, within bounds that are given as text. */
export function duration(name: string, from: string, to: string) {
  const message = refusal(name, `give a duration from ${from} to ${to}, as in 500ms, 5s, 1m, 2h, 7d`);
  const [least, most] = [milliseconds(from), milliseconds(to)];
  const fits = (text: string): boolean => milliseconds(text) >= least && milliseconds(text) <= most;
  return v.pipe(v.string(), v.check(fits, message), v.transform(milliseconds));
}

/** `NaN` for what is none. A number alone is in seconds. */
function milliseconds(text: string): number {
  const [, digits = '', unit = 's'] = /^(\d{1,12}(?:\.\d{1,3})?)(ms|s|m|h|d)?$/.exec(text) ?? [];
  return digits === '' ? Number.NaN : Math.round(Number(digits) * MS_PER[unit as keyof typeof MS_PER]);
}

/** @returns a schema: text → bytes, within bounds that are given as text. */
export function size(name: string, from: string, to: string) {
  const message = refusal(name, `give a size from ${from} to ${to}, as in 256MB or 1GiB`);
  const [least, most] = [bytes(from), bytes(to)];
  const fits = (text: string): boolean => bytes(text) >= least && bytes(text) <= most;
  return v.pipe(v.string(), v.check(fits, message), v.transform(bytes));
}

function bytes(text: string): number {
  const [, digits = '', unit = 'B'] = /^(\d{1,15}(?:\.\d{1,3})?) ?([kKMG]?i?B)?$/.exec(text) ?? [];
  if (digits === '' || !Object.hasOwn(BYTES_PER, unit)) return Number.NaN;
  return Math.round(Number(digits) * BYTES_PER[unit as keyof typeof BYTES_PER]);
}

/** In the largest unit that leaves nothing over: `90s`, `7d`. */
export function formatDuration(ms: number): string {
  const units = Object.entries(MS_PER).reverse();
  // A day is "24h" to whoever wrote it so, and 60 s are "60s": the first unit of which there is more than one.
  const [unit, per] = units.find(([, each]) => ms >= 2 * each && ms % each === 0) ?? ['ms', 1];
  return ms === 0 ? '0s' : `${ms / per}${unit}`;
}

/** `256MB`, `1.5GiB`, `1000B`. */
export function formatSize(count: number): string {
  const [unit, per] = Object.entries(BYTES_PER).find(([, each]) => count >= each && count % each === 0) ?? ['B', 1];
  return `${count / per}${unit}`;
}
