/** One line on a terminal's stderr that says what is being tried, and vanishes when the report comes. */

import type { WriteStream } from 'node:tty';
import type { OnProgress, Progress } from '../measure/progress.ts';

/** Returns to the first column and erases to the end of the line (ECMA-48 §8.3.41). */
export const ERASE_LINE = '\r\u001b[K';
/** Nobody reads faster; a terminal over a slow link is not flooded. */
const SHORTEST_INTERVAL_MS = 40;
/** Where a terminal does not know its width (a serial line has 0). */
const COLUMNS = 80;

/** In the place of what the line says now, and no longer than it. */
export function terminalLine(text: string, columns: number): string {
  return `${ERASE_LINE}${text.slice(0, (columns || COLUMNS) - 1)}`;
}

export interface ProgressLine {
  readonly onProgress: OnProgress;
  clear(): void;
}

/** @param stderr a terminal. @param now milliseconds, from any monotonic clock. */
export function progressLine(stderr: WriteStream, now: () => number): ProgressLine {
  let shown = false;
  let lastAt = Number.NEGATIVE_INFINITY;
  return {
    onProgress: (progress) => {
      const at = now();
      if (at - lastAt < SHORTEST_INTERVAL_MS) return;
      lastAt = at;
      shown = true;
      stderr.write(terminalLine(describe(progress), stderr.columns));
    },
    clear: () => {
      if (shown) stderr.write(ERASE_LINE);
      shown = false;
    },
  };
}

/** `198.51.100.70 reverse, wave 2: 16 sizes; 1400 arrives, 1420 does not` */
function describe({ address, direction, wave, sizes, arrived, failing }: Progress): string {
  const trying = sizes.length === 1 ? `${sizes[0]} bytes` : `${sizes.length} sizes from ${sizes[0]} down`;
  const known = [
    ...(arrived === null ? [] : [`${arrived} arrives`]),
    ...(failing === null ? [] : [`${failing} does not`]),
  ].join(', ');
  return `${address} ${direction}, wave ${wave}: ${trying}${known === '' ? '' : `; ${known}`}`;
}
