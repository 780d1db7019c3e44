/** One target that is watched: what it is held to, its slots, and how its last run went. */

import type { RunOptions } from '../../config/options.ts';
import { formatDuration } from '../../config/quantities.ts';
import type { Schedule, WatchedTarget } from '../../config/watch/options.ts';
import type { Report } from '../../contract.ts';
import type { Expectations, TargetState } from '../contract.ts';
import type { Ended } from '../runs/runner.ts';
import type { Agenda } from '../schedule/agenda.ts';

export class Target {
  readonly name: string;
  readonly isPeer: boolean;
  readonly agenda: Agenda;
  config: WatchedTarget;
  /** The one under way or waiting. */
  current: Promise<Report | null> | null = null;
  /** No event says again what the last one said. */
  hasMissed = false;
  problem: string | null = null;
  /** Not watched any more: what is still under way is of no interest. */
  isGone = false;
  /** Of its last run that found any. */
  paths: readonly string[] = [];
  #lastRunAt: string | null = null;
  #lastDurationMs: number | null = null;

  constructor(config: WatchedTarget, agenda: Agenda, isPeer = false) {
    this.name = config.target;
    this.config = config;
    this.agenda = agenda;
    this.isPeer = isPeer;
  }

  get run(): RunOptions {
    return this.config.run;
  }

  get expectations(): Expectations {
    const { failOn, expectMtu } = this.config.run;
    return { failOn, expectMtu, gating: this.config.gating };
  }

  ended({ startedAt, durationMs }: Pick<Ended, 'startedAt' | 'durationMs'>): void {
    this.#lastRunAt = startedAt.toISOString();
    this.#lastDurationMs = durationMs;
  }

  state(): TargetState {
    const { nextAt, counts } = this.agenda;
    return {
      ...this.expectations,
      target: this.name,
      labels: this.config.labels,
      schedule: scheduleText(this.config.schedule),
      nextAt: nextAt === null ? null : new Date(nextAt).toISOString(),
      lastRunAt: this.#lastRunAt,
      lastDurationMs: this.#lastDurationMs,
      problem: this.problem,
      slots: counts,
      paths: this.paths,
      isPeer: this.isPeer,
    };
  }
}

function scheduleText(schedule: Schedule): string {
  if (schedule.kind === 'interval') return formatDuration(schedule.everyMs);
  return schedule.timeZone === null ? schedule.expression : `${schedule.expression} (${schedule.timeZone})`;
}
