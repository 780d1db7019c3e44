/** All targets that are watched, in the order of the configuration; each keeps its slots over a change of it. */

import type { WatchedTarget } from '../../config/watch/options.ts';
import { Agenda, type Outcome } from '../schedule/agenda.ts';
import { offsetOf, type Slots, slotsOf } from '../schedule/slots.ts';
import { Target } from './target.ts';

/** What the slots of a target come to. */
export interface Duties {
  run(target: Target, started: () => void): Promise<Outcome>;
  missed(target: Target, count: number): void;
}

export class Targets {
  readonly #duties: Duties;
  readonly #random: () => number;
  #all: readonly Target[] = [];
  #stopped = false;

  /** @param random from 0 up to 1, for jitter. */
  constructor(duties: Duties, random: () => number) {
    this.#duties = duties;
    this.#random = random;
  }

  get all(): readonly Target[] {
    return this.#all;
  }

  get(name: string): Target | null {
    return this.#all.find((target) => target.name === name) ?? null;
  }

  /**
   * Watches these and no others. Those of the same name go on with what they have counted.
   *
   * @returns those that are gone; what they have under way ends by itself. `null` when nothing is watched any more.
   */
  async set(configs: readonly WatchedTarget[]): Promise<readonly Target[] | null> {
    const now = Date.now();
    const firsts = configs.map((config, index) => now + offsetOf(index, configs.length, intervalOf(config)));
    const slots = await Promise.all(configs.map(({ schedule }, index) => slotsOf(schedule, firsts[index] ?? now)));
    if (this.#stopped) return null;
    const before = this.#all;
    this.#all = configs.map((config, index) => this.#place(config, slots[index] as Slots, firsts[index] ?? now));
    const gone = before.filter((target) => !this.#all.includes(target));
    for (const { agenda } of gone) void agenda.stop();
    return gone;
  }

  /** No slot begins any more. @returns when nothing is under way. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all(this.#all.map(({ agenda }) => agenda.stop()));
  }

  /** Measured at once, whatever its schedule: a service that is started says something soon. */
  #place(config: WatchedTarget, slots: Slots, firstMs: number): Target {
    const known = this.get(config.target);
    const { jitterMs } = config;
    const random = this.#random;
    if (known !== null) {
      const isSame = planText(known.config) === planText(config);
      known.config = config;
      if (!isSame) known.agenda.change({ slots, jitterMs });
      return known;
    }
    const agenda: Agenda = new Agenda({ slots, jitterMs }, random, {
      run: (started) => this.#duties.run(target, started),
      missed: (count) => this.#duties.missed(target, count),
    });
    const target: Target = new Target(config, agenda);
    agenda.start(firstMs);
    return target;
  }
}

function planText({ schedule, jitterMs }: WatchedTarget): string {
  return JSON.stringify([schedule, jitterMs]);
}

/** Of a cron expression nobody knows it; a minute is the shortest that five fields can say. */
const CRON_INTERVAL_MS = 60_000;

function intervalOf({ schedule }: WatchedTarget): number {
  return schedule.kind === 'interval' ? schedule.everyMs : CRON_INTERVAL_MS;
}
