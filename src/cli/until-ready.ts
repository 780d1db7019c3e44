/** Waiting for a job that may start: until it may, or is proved not to, or nobody wants to wait any more. */

import type { EndingOptions } from '../config/watch/ending.ts';
import type { Service } from '../service/service.ts';
import { outcomeOf } from '../service/summary.ts';

/** @returns when it is over, whatever the answer: the exit code tells. */
export function untilReady(service: Service, { readyWithinMs }: EndingOptions, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      stop();
      resolve();
    };
    const look = (): void => {
      if (service.readiness().ready || isProvedBad(service)) end();
    };
    const timer = setTimeout(end, readyWithinMs);
    const stop = service.chronicle.subscribe(look);
    signal.addEventListener('abort', end, { once: true });
    if (signal.aborted) end();
    else look();
  });
}

/** What nobody knows yet may still turn out well: only what is proved does not. */
function isProvedBad(service: Service): boolean {
  const targets = service.targetStates().filter(({ gating }) => gating);
  return outcomeOf({ targets, state: (id) => service.paths.get(id) }) === 'found';
}
