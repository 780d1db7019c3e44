import type { Clock } from '../../../src/measure/channel.ts';

interface Event {
  readonly at: number;
  readonly order: number;
  readonly act: () => void;
}

/** Time that passes only when everybody waits. */
export class VirtualClock implements Clock {
  #now = 0;
  #order = 0;
  #events: Event[] = [];

  now(): number {
    return this.#now;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      this.at(this.#now + ms, resolve);
      signal?.addEventListener('abort', () => resolve(), { once: true });
    });
  }

  /** Does something at an instant; in the order of asking when several are due together. */
  at(instant: number, act: () => void): void {
    const event = { at: Math.max(instant, this.#now), order: this.#order++, act };
    const after = this.#events.findIndex((other) => other.at > event.at);
    if (after < 0) this.#events.push(event);
    else this.#events.splice(after, 0, event);
  }

  /** Lets time pass until the work is done. @throws when nothing will ever happen again. */
  async until<Result>(work: Promise<Result>): Promise<Result> {
    let settled = false;
    const done = work.finally(() => {
      settled = true;
    });
    done.catch(() => undefined);
    for (;;) {
      // Every continuation that can run without time passing runs first.
      await new Promise(setImmediate);
      if (settled) return done;
      const next = this.#events.shift();
      if (next === undefined) throw new Error(`nothing left to happen at ${this.#now} ms`);
      this.#now = next.at;
      next.act();
    }
  }
}
