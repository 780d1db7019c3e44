/** What is known of every path, as of now. */

import type { PathReport } from '../../contract.ts';
import type { PathState } from '../contract.ts';

/** A name with many addresses shows some of them at a time, and the others again later. */
const ABSENT_RUNS = 10;

export class PathStore {
  readonly #states = new Map<string, PathState>();
  readonly #reports = new Map<string, PathReport>();
  /** Runs in a row in which a path of the target was not among those found. */
  readonly #absent = new Map<string, number>();

  constructor(states: readonly PathState[]) {
    for (const state of states) this.#states.set(state.id, state);
  }

  all(): readonly PathState[] {
    return [...this.#states.values()];
  }

  get(id: string): PathState | null {
    return this.#states.get(id) ?? null;
  }

  lastReport(id: string): PathReport | null {
    return this.#reports.get(id) ?? null;
  }

  put(state: PathState, report: PathReport): void {
    this.#states.set(state.id, state);
    this.#reports.set(state.id, report);
    this.#absent.delete(state.id);
  }

  /** @returns those of `ids` that were absent for so long that they are no longer the target's. */
  markAbsent(ids: readonly string[]): PathState[] {
    const gone: PathState[] = [];
    for (const id of ids) {
      const runs = (this.#absent.get(id) ?? 0) + 1;
      this.#absent.set(id, runs);
      const state = this.get(id);
      if (runs >= ABSENT_RUNS && state !== null) gone.push(state);
    }
    return gone;
  }

  remove(id: string): void {
    this.#states.delete(id);
    this.#reports.delete(id);
    this.#absent.delete(id);
  }
}
