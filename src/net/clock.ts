/** Monotonic time of this process. */

import type { Clock } from '../measure/channel.ts';

/** All clocks of a process agree: they count from its start. */
export function createClock(): Clock {
  return {
    now: () => performance.now(),
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted === true) return resolve();
        const wake = (): void => {
          clearTimeout(timer);
          signal?.removeEventListener('abort', wake);
          resolve();
        };
        // Node cuts fractions off, and counts from the start of the event loop's turn: it would wake early.
        const timer = setTimeout(wake, Math.ceil(ms) + 1);
        signal?.addEventListener('abort', wake, { once: true });
      }),
  };
}
