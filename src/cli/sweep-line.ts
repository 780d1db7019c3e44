/** How far a sweep has come: one line on a terminal that is written over, or a line now and then in the log of a job. */

import type { WriteStream } from 'node:tty';
import type { SweepProgress } from '../layers/sweep.ts';
import { oneLine } from '../report/printable.ts';
import { ERASE_LINE, terminalLine } from './progress.ts';

/** In a log: often enough to see that it goes on, and no line for each of hundreds. */
const LOG_EVERY_MS = 5000;
/** Few layers are done before anybody wonders. */
const FEW = 8;

export interface SweepLine {
  onProgress(progress: SweepProgress): void;
  clear(): void;
}

/** @param stderr `null` for nothing. @param now milliseconds, from any monotonic clock. */
export function sweepLine(stderr: WriteStream | null, isTerminal: boolean, now: () => number): SweepLine {
  let shown = false;
  let lastAt = now();
  const clear = (): void => {
    if (shown) stderr?.write(ERASE_LINE);
    shown = false;
  };
  const onProgress = ({ done, all, name }: SweepProgress): void => {
    const line = `${done} of ${all} layers measured; now ${oneLine(name)}`;
    if (isTerminal) {
      shown = true;
      stderr?.write(terminalLine(line, stderr.columns));
    } else if (all > FEW && now() - lastAt >= LOG_EVERY_MS) {
      lastAt = now();
      stderr?.write(`${line}\n`);
    }
  };
  return { onProgress, clear };
}
