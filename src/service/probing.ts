/** What is asked for in between: a watched target's turn now, or one run of an allow-listed one that is kept nowhere. */

import type { RunOptions } from '../config/options.ts';
import type { Report } from '../contract.ts';
import type { Runner } from './runs/runner.ts';
import type { Target } from './targets/target.ts';
import { BusyError } from './view.ts';

export class Probing {
  readonly #runner: Runner;
  /** By target: who asks while it is under way gets the same report. */
  readonly #others = new Map<string, Promise<Report | null>>();

  constructor(runner: Runner) {
    this.#runner = runner;
  }

  /** @throws BusyError when no turn comes, or the run is not over, within `waitMs`. */
  watched(target: Target, waitMs: number): Promise<Report> {
    if (target.current === null) void target.agenda.due();
    return within(target.current ?? Promise.resolve(null), waitMs);
  }

  /** @throws BusyError, as above. */
  other(name: string, options: () => RunOptions, timeoutMs: number, waitMs: number): Promise<Report> {
    const running =
      this.#others.get(name) ??
      this.#runner
        .run(
          () => ({ ...options(), targets: [name] }),
          timeoutMs,
          () => undefined,
        )
        .then(({ report }) => report)
        .finally(() => this.#others.delete(name));
    this.#others.set(name, running);
    return within(running, waitMs);
  }
}

async function within(running: Promise<Report | null>, waitMs: number): Promise<Report> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), waitMs);
  });
  try {
    const report = await Promise.race([running, timeout]);
    if (report === null) throw new BusyError('no turn came in time, or the run brought nothing');
    return report;
  } finally {
    clearTimeout(timer);
  }
}
