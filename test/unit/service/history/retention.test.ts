import { statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { describe, expect, it } from 'vitest';
import type { HistoryOptions } from '../../../../src/config/watch/options.ts';
import { openHistory } from '../../../../src/service/history/open.ts';
import { BLACK_HOLE, CLEAR } from '../../report/reports.ts';
import { entry, event, ID, instant, OPTIONS, START, seen, temporaryFolder } from './entries.ts';

const ALL = { since: null, until: null, limit: 100_000 };
const OTHER = '00000000000000b2';
const SHORT: HistoryOptions = { ...OPTIONS, keepSuccessesMs: 100, keepFailuresMs: 1000 };
/** A clock that stands still: each call does all there is to do. */
const still = () => 0;

function later(ms: number): Date {
  return new Date(START + ms);
}

function times(points: readonly { readonly at: string }[]): number[] {
  return points.map(({ at }) => Date.parse(at) - START);
}

/** What is in the file, for what the interface does not show. */
function count(path: string, table: string): number {
  const database = new Database(path);
  try {
    const row = database.prepare(`SELECT count(*) AS count FROM ${table}`).get([]) as { count: number };
    return row.count;
  } finally {
    database.close();
  }
}

describe('what is too old', () => {
  it('goes: successes first, failures later', async () => {
    const history = await openHistory(SHORT, still);
    for (const ms of [0, 50, 60]) history.record(entry(ms, [seen(ms, { failed: ms === 50 })]));
    expect(history.prune(later(100))).toBe(0);
    expect(times(history.series(ID, ALL))).toEqual([0, 50, 60]);
    expect(history.prune(later(161))).toBe(2);
    expect(times(history.series(ID, ALL))).toEqual([50]);
    expect(history.prune(later(1050))).toBe(0);
    expect(history.prune(later(1051))).toBe(1);
    expect(history.series(ID, ALL)).toEqual([]);
  });

  it('goes path by path; the run goes with the last of them', async () => {
    const path = join(temporaryFolder(), 'history.db');
    const history = await openHistory({ ...SHORT, path }, still);
    history.record(entry(0, [seen(0), seen(0, { id: OTHER, failed: true })]));
    expect(history.prune(later(500))).toBe(0);
    expect([history.series(ID, ALL).length, history.series(OTHER, ALL).length]).toEqual([0, 1]);
    expect(history.prune(later(1500))).toBe(1);
    history.close();
    expect([count(path, 'runs'), count(path, 'points')]).toEqual([0, 0]);
  });

  it('goes as failures do, where a run found no path', async () => {
    const history = await openHistory(SHORT, still);
    history.record(entry(0, []));
    expect([history.prune(later(1000)), history.prune(later(1001))]).toEqual([0, 1]);
  });

  it('goes from the events as well, whose numbers never come again', async () => {
    const history = await openHistory(SHORT, still);
    history.append([event(0), event(0)]);
    history.prune(later(1000));
    expect(history.eventsAfter(0, 10)).toHaveLength(2);
    history.prune(later(1001));
    expect(history.eventsAfter(0, 10)).toEqual([]);
    expect(history.append([event(2000)])).toMatchObject([{ id: 3 }]);
  });

  it('leaves the states of paths, with the reports they rest on', async () => {
    const history = await openHistory(SHORT, still);
    const last = seen(1, { report: BLACK_HOLE, failed: true });
    history.record(entry(0));
    history.record(entry(1, [last]));
    history.moveCursor('hook', 5);
    history.prune(later(1_000_000));
    expect(history.series(ID, ALL)).toEqual([]);
    expect(history.states()).toEqual([last.state]);
    expect(history.cursor('hook')).toBe(5);
  });

  it('takes a path that is gone with it, after all its runs', async () => {
    const path = join(temporaryFolder(), 'history.db');
    const history = await openHistory({ ...SHORT, path }, still);
    history.record(entry(0));
    history.record(entry(1, [seen(1, { report: BLACK_HOLE, failed: true })]));
    history.append([event(2)], [ID]);
    history.prune(later(500));
    expect(history.series(ID, ALL)).toHaveLength(1);
    history.prune(later(5000));
    history.close();
    expect([count(path, 'paths'), count(path, 'reports')]).toEqual([0, 0]);
  });
});

describe('reports', () => {
  it('are kept whole where something turned, and of the last run', async () => {
    const path = join(temporaryFolder(), 'history.db');
    const history = await openHistory({ ...OPTIONS, path }, still);
    const reports = [CLEAR, CLEAR, CLEAR, BLACK_HOLE, BLACK_HOLE, CLEAR, CLEAR, CLEAR];
    for (const [ms, report] of reports.entries()) history.record(entry(ms, [seen(ms, { report })]));
    history.close();
    const database = new Database(path);
    const rows = database.prepare('SELECT at, turned FROM reports ORDER BY at').all([]);
    database.close();
    const turns = [3, 5].map((ms) => ({ at: START + ms, turned: 1 }));
    expect(rows).toEqual([...turns, { at: START + 7, turned: 0 }]);
  });
});

describe('what is too much', () => {
  it('goes: the oldest successes, then the oldest of all else', async () => {
    const path = join(temporaryFolder(), 'history.db');
    const [runs, maxSize] = [3000, 400_000];
    const first = await openHistory({ ...OPTIONS, path }, still);
    for (let ms = 0; ms < runs; ms++) {
      const report = ms % 10 === 0 ? BLACK_HOLE : CLEAR;
      first.record(entry(ms, [seen(ms, { report, failed: ms % 10 === 0 })], ms % 100 === 0 ? [event(ms)] : []));
    }
    const states = first.states();
    expect(first.size()).toBeGreaterThan(2 * maxSize);
    first.close();

    const history = await openHistory({ ...OPTIONS, path, maxSize }, still);
    expect(history.prune(later(runs))).toBeGreaterThan(0);
    expect(history.size()).toBeLessThanOrEqual(maxSize);
    expect(history.states()).toEqual(states);
    const left = times(history.series(ID, ALL));
    // The reports of its 600 turns are most of it: all successes went, and the oldest failures.
    expect(left.every((ms) => ms % 10 === 0)).toBe(true);
    expect(left.at(-1)).toBe(runs - 10);
    expect(left[0]).toBeGreaterThan(0);
    const events = times(history.eventsAfter(0, 100));
    expect(events.at(-1)).toBe(runs - 100);
    expect(Math.abs((events[0] ?? 0) - (left[0] ?? 0))).toBeLessThanOrEqual(100);
    history.close();
    expect(statSync(path).size).toBeLessThanOrEqual(maxSize);
  });

  it('leaves failures and events alone while there are successes', async () => {
    const path = join(temporaryFolder(), 'history.db');
    const [runs, maxSize] = [4000, 350_000];
    const history = await openHistory({ ...OPTIONS, path, maxSize }, still);
    for (let ms = 0; ms < runs; ms++) history.record(entry(ms, [seen(ms, { failed: ms % 100 === 0 })]));
    history.append([event(0)]);
    expect(history.size()).toBeGreaterThan(maxSize);
    history.prune(later(runs));
    expect(history.size()).toBeLessThanOrEqual(maxSize);
    const left = times(history.series(ID, ALL));
    expect(left.filter((ms) => ms % 100 === 0)).toHaveLength(runs / 100);
    const successes = left.filter((ms) => ms % 100 !== 0);
    expect(successes.length).toBeGreaterThan(100);
    const [oldest = 0] = successes;
    const since = Array.from({ length: runs - oldest }, (_, index) => oldest + index);
    expect(successes).toEqual(since.filter((ms) => ms % 100 !== 0));
    expect(history.eventsAfter(0, 10)).toHaveLength(1);
    history.close();
  });

  it('is forgotten in memory as well', async () => {
    const history = await openHistory({ ...OPTIONS, maxSize: 200_000 }, still);
    for (let ms = 0; ms < 2000; ms++) history.record(entry(ms));
    expect(history.prune(later(2000))).toBeGreaterThan(100);
  });
});

describe('one call', () => {
  it('ends when its time is used up, and the next one goes on', async () => {
    let now = 0;
    const history = await openHistory(SHORT, () => now++);
    for (let ms = 0; ms < 60; ms++) history.record(entry(ms));
    const went: number[] = [];
    for (let call = 0; call < 10; call++) went.push(history.prune(later(10_000)));
    expect(went[0]).toBeGreaterThan(0);
    expect(went[0]).toBeLessThan(60);
    expect(went.reduce((all, runs) => all + runs, 0)).toBe(60);
    expect(times(history.series(ID, ALL))).toEqual([]);
    expect(history.states()[0]?.last.at).toBe(instant(59));
  });
});
