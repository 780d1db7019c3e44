/** A history in memory, events to put into it, and a clock that moves by hand. */

import type { PathReport } from '../../../../src/contract.ts';
import type { Log } from '../../../../src/measure/log.ts';
import type { EventKind, NewEvent, ServiceEvent, Turn } from '../../../../src/service/contract.ts';
import type { Cursors } from '../../../../src/service/notify/backlog.ts';
import type { WallClock } from '../../../../src/service/notify/clock.ts';
import { BLACK_HOLE, CLEAR } from '../../report/reports.ts';

export const START = '2026-03-01T12:00:00.000Z';

export function turn(report: PathReport): Turn {
  const { verdict, forward, reverse } = report;
  return { at: START, verdict, forward, reverse, report };
}

export function change(kind: EventKind = 'verdict-changed', at: string = START): NewEvent {
  const summary = 'rubygems.org (198.51.100.70): was clear, is black-hole';
  return {
    kind,
    at,
    target: 'rubygems.org',
    pathId: '00112233aabbccdd',
    summary,
    before: turn(CLEAR),
    after: turn(BLACK_HOLE),
  };
}

export class MadeUpHistory implements Cursors {
  readonly events: ServiceEvent[] = [];
  readonly cursors = new Map<string, number>();
  /** What it throws instead of reading, while it is broken. */
  broken: Error | null = null;

  add(...events: readonly NewEvent[]): void {
    for (const event of events) this.events.push({ ...event, id: (this.events.at(-1)?.id ?? 0) + 1 });
  }

  cursor(receiver: string): number | null {
    return this.cursors.get(receiver) ?? null;
  }

  moveCursor(receiver: string, eventId: number): void {
    this.cursors.set(receiver, eventId);
  }

  eventsAfter(id: number, limit: number): readonly ServiceEvent[] {
    if (this.broken !== null) throw this.broken;
    const from = this.events.findIndex((event) => event.id > id);
    return from < 0 ? [] : this.events.slice(from, from + limit);
  }

  latestEvents(limit: number): readonly ServiceEvent[] {
    return this.events.slice(-limit).reverse();
  }
}

/** Time stands still until somebody waits; then it is there at once, or only when told to. */
export class ManualClock implements WallClock {
  readonly waits: number[] = [];
  /** Waits of less are over at once; all others last until the signal. */
  patienceMs = Number.POSITIVE_INFINITY;
  #ms = Date.parse(START);

  now(): Date {
    return new Date(this.#ms);
  }

  pass(ms: number): void {
    this.#ms += ms;
  }

  sleep(ms: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.resolve();
    this.waits.push(ms);
    if (ms < this.patienceMs) {
      this.#ms += ms;
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
  }
}

/** @returns a log and what was written to it, without what is said on the way. */
export function heard(): { readonly log: Log; readonly lines: string[] } {
  const lines: string[] = [];
  const write = (_: unknown, message: string): void => {
    lines.push(message);
  };
  return { lines, log: { debug: () => undefined, info: write, warn: write } };
}
