/** What every phase of one path's measurement is given. */

import type { Clock, PathTarget } from './channel.ts';
import type { Limits } from './limits.ts';
import type { Plan } from './plan.ts';
import type { OnProgress } from './progress.ts';
import type { Recorder } from './recorder.ts';
import type { Hints } from './searching.ts';

export interface PathContext {
  readonly path: PathTarget;
  readonly plan: Plan;
  readonly clock: Clock;
  readonly limits: Limits;
  readonly recorder: Recorder;
  readonly hints: Hints;
  readonly onProgress: OnProgress | null;
}

/** How often a loss rule is asked again while it waits: often enough that no rule waits noticeably longer than it must. */
export function pollInterval(rttMs: number): number {
  return Math.min(20, Math.max(2, rttMs / 8));
}
