/** Time of its own and a history in memory, for tests of what is due. */

import { afterEach, beforeEach, vi } from 'vitest';
import { parseRunOptions } from '../../../src/config/parse.ts';
import type { WatchedTarget } from '../../../src/config/watch/options.ts';
import type { History } from '../../../src/service/history/history.ts';
import { openHistory } from '../../../src/service/history/open.ts';

export const EVERY_MS = 10_000;
const DAY_MS = 86_400_000;
const IGNORE = (): undefined => undefined;
export const SILENT_LOG = { debug: IGNORE, info: IGNORE, warn: IGNORE };

/** @returns the history of the test that runs. */
export function timed(): () => History {
  let history: History;
  beforeEach(async () => {
    history = await openHistory({ path: null, keepSuccessesMs: DAY_MS, keepFailuresMs: DAY_MS, maxSize: 1e9 });
    vi.useFakeTimers({ now: Date.UTC(2026, 0, 1), toFake: ['Date', 'setTimeout', 'clearTimeout'] });
  });
  afterEach(() => {
    vi.useRealTimers();
    history.close();
  });
  return () => history;
}

/** Every ten seconds. */
export function watched(target: string, changes: Partial<WatchedTarget> = {}): WatchedTarget {
  return {
    target,
    labels: {},
    schedule: { kind: 'interval', everyMs: EVERY_MS },
    jitterMs: 0,
    timeoutMs: 5000,
    gating: true,
    run: parseRunOptions({ target: [target] }).run,
    ...changes,
  };
}

export async function pass(ms: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
}
