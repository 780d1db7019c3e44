/**
 * One target's slots: each is started, or missed, and counted either way.
 *
 *   slot ─▶ the one before is over? ─ yes ─▶ waits for its turn ─▶ runs ─▶ completed, cut or failed
 *                                   └ no ──▶ missed: skipped, never made up for
 */

import type { SlotCounts } from '../contract.ts';
import { type Slots, slotsBetween } from './slots.ts';

export type Outcome = 'completed' | 'cut' | 'failed';

export interface Plan {
  readonly slots: Slots;
  /** Each slot begins up to so much later. */
  readonly jitterMs: number;
}

export interface Duty {
  /** Resolves when its turn is over; `started` is called when it comes. It never rejects. */
  run(started: () => void): Promise<Outcome>;
  missed(count: number): void;
}

/** Clocks are set, hosts are suspended, and a timer of Node's ends at 2³¹ ms: nobody waits longer without a look. */
const LONGEST_WAIT_MS = 60_000;
/** Slots that went by while this host slept. */
const MOST_COUNTED = 100_000;

export class Agenda {
  #plan: Plan;
  readonly #random: () => number;
  readonly #duty: Duty;
  readonly #counts = { due: 0, completed: 0, missed: 0, cut: 0, failed: 0, waiting: 0, running: 0 };
  #timer: NodeJS.Timeout | null = null;
  #slot: number | null = null;
  /** The slot, and its jitter. */
  #startAt: number | null = null;
  #under: Promise<void> = Promise.resolve();
  #stopped = false;

  /** @param random from 0 up to 1. */
  constructor(plan: Plan, random: () => number, duty: Duty) {
    this.#plan = plan;
    this.#random = random;
    this.#duty = duty;
  }

  /** @param firstMs the first slot of all, which need not be one of the schedule's. */
  start(firstMs: number): void {
    this.#slot = firstMs;
    this.#startAt = firstMs;
    this.#wait();
  }

  /** Another schedule; counts stay, and what is under way goes on. */
  change(plan: Plan): void {
    this.#plan = plan;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#next(Date.now());
  }

  /** Due now, by whatever decides it. @returns when that run is over; at once when it is missed. */
  due(): Promise<void> {
    this.#counts.due += 1;
    if (this.isBusy) {
      this.#miss(1);
      return Promise.resolve();
    }
    this.#under = this.#run();
    return this.#under;
  }

  get isBusy(): boolean {
    return this.#counts.waiting + this.#counts.running > 0;
  }

  get counts(): SlotCounts {
    return { ...this.#counts };
  }

  get nextAt(): number | null {
    return this.#startAt;
  }

  /** No slot begins any more. @returns when what is under way is over. */
  stop(): Promise<void> {
    this.#stopped = true;
    this.#startAt = null;
    if (this.#timer !== null) clearTimeout(this.#timer);
    return this.#under;
  }

  async #run(): Promise<void> {
    const counts = this.#counts;
    counts.waiting += 1;
    const outcome = await this.#duty.run(() => {
      counts.waiting -= 1;
      counts.running += 1;
    });
    // Its turn never came, where it is still waiting.
    counts.waiting = 0;
    counts.running = 0;
    counts[outcome] += 1;
  }

  #wait(): void {
    if (this.#startAt === null || this.#stopped) return;
    const wait = Math.min(LONGEST_WAIT_MS, Math.max(0, this.#startAt - Date.now()));
    this.#timer = setTimeout(() => this.#look(), wait);
  }

  #look(): void {
    const now = Date.now();
    if (this.#startAt === null || this.#slot === null) return;
    if (now < this.#startAt) {
      // Where the clock was set back, the slots begin anew from where it is.
      if ((this.#plan.slots.after(now) ?? this.#slot) < this.#slot) this.#next(now);
      else this.#wait();
      return;
    }
    // Slots that this host slept through are not made up for: one run stands for all of them.
    const passed = slotsBetween(this.#plan.slots, this.#slot, now, MOST_COUNTED);
    if (passed > 0) {
      this.#counts.due += passed;
      this.#miss(passed);
    }
    void this.due();
    this.#next(now);
  }

  #next(now: number): void {
    const { slots, jitterMs } = this.#plan;
    this.#slot = slots.after(now);
    this.#startAt = this.#slot === null ? null : this.#slot + Math.floor(this.#random() * jitterMs);
    this.#wait();
  }

  #miss(count: number): void {
    this.#counts.missed += count;
    this.#duty.missed(count);
  }
}
