import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { NewEvent } from '../../../../src/service/contract.ts';
import type { SeriesQuery } from '../../../../src/service/history/history.ts';
import { openHistory } from '../../../../src/service/history/open.ts';
import { BLACK_HOLE, CLEAR } from '../../report/reports.ts';
import { entry, event, ID, instant, OPTIONS, seen, temporaryFolder } from './entries.ts';

const ALL: SeriesQuery = { since: null, until: null, limit: 1000 };
const OTHER = '00000000000000b2';

/** A file, so that what was written can be read by a later process as well. */
function fileOptions() {
  return { ...OPTIONS, path: join(temporaryFolder(), 'history.db') };
}

describe('a history', () => {
  it('knows nothing at first', async () => {
    const history = await openHistory(OPTIONS);
    expect(history.states()).toEqual([]);
    expect(history.eventsAfter(0, 10)).toEqual([]);
    expect(history.latestEvents(10, null)).toEqual([]);
    expect(history.series(ID, ALL)).toEqual([]);
    expect(history.cursor('hook')).toBeNull();
  });

  it('has everything as it was, after a restart', async () => {
    const options = fileOptions();
    const first = await openHistory(options);
    const before = { at: instant(0), verdict: 'clear', ...sides(CLEAR), report: CLEAR } as const;
    const after = { at: instant(5), verdict: 'black-hole', ...sides(BLACK_HOLE), report: BLACK_HOLE } as const;
    const change = event(5, { kind: 'verdict-changed', before, after });
    const [run, later] = [seen(0), seen(5, { report: BLACK_HOLE, failed: true })];
    first.record(entry(0, [run]));
    const events = first.record(entry(5, [later], [change, event(5, { target: null, pathId: null })]));
    first.moveCursor('hook', 1);
    first.close();

    const again = await openHistory(options);
    expect(again.states()).toEqual([later.state]);
    expect(again.series(ID, ALL)).toEqual([run.point, later.point]);
    expect(again.eventsAfter(0, 10)).toEqual(events);
    expect(events).toEqual([
      { ...change, id: 1 },
      { ...event(5, { target: null, pathId: null }), id: 2 },
    ]);
    expect(again.cursor('hook')).toBe(1);
    again.close();
  });

  it('keeps what is unknown unknown', async () => {
    const history = await openHistory(OPTIONS);
    const unknown = { pathMtu: null, exact: false, behaviour: 'unknown' } as const;
    const run = seen(0);
    const point = { ...run.point, forward: unknown, reverse: unknown, rttMs: null } as const;
    const state = { ...run.state, judgement: null, maskedSince: instant(0), holdForwardAbove: 1400 };
    history.record(entry(0, [{ ...run, point, state }]));
    expect(history.series(ID, ALL)).toEqual([point]);
    expect(history.states()).toEqual([state]);
  });

  it('keeps a run whole or not at all', async () => {
    const history = await openHistory(OPTIONS);
    history.record(entry(0, [seen(0)], [event(0)]));
    const states = history.states();
    // The same path twice: the second point has no place.
    expect(() => history.record(entry(9, [seen(9), seen(9)], [event(9)]))).toThrow(/UNIQUE/);
    expect(history.states()).toEqual(states);
    expect(history.series(ID, ALL)).toHaveLength(1);
    expect(history.record(entry(10, [seen(10)], [event(10)]))).toMatchObject([{ id: 2 }]);
  });

  it('keeps a run that found no path', async () => {
    const history = await openHistory(OPTIONS);
    expect(history.record(entry(0, [], [event(0, { kind: 'target-failed', pathId: null })]))).toHaveLength(1);
    expect(history.states()).toEqual([]);
  });

  it('forgets the state of a path that is gone, and keeps its runs', async () => {
    const history = await openHistory(OPTIONS);
    const other = seen(0, { id: OTHER });
    history.record(entry(0, [seen(0), other]));
    expect(history.append([event(1, { kind: 'path-gone' })], [ID])).toMatchObject([{ id: 1, kind: 'path-gone' }]);
    expect(history.states()).toEqual([other.state]);
    expect(history.series(ID, ALL)).toEqual([seen(0).point]);
    const back = seen(2);
    history.record(entry(2, [back]));
    expect(history.states()).toEqual([back.state, other.state]);
    expect(history.series(ID, ALL)).toHaveLength(2);
  });

  it('keeps the judgement and its report while runs are masked', async () => {
    const history = await openHistory(OPTIONS);
    const good = seen(0, { report: BLACK_HOLE });
    history.record(entry(0, [good]));
    const judged = { at: instant(0), report: BLACK_HOLE };
    for (const ms of [1, 2, 3]) history.record(entry(ms, [seen(ms, { masked: true, judged })]));
    expect(history.states()[0]?.judgement).toEqual(good.state.judgement);
    expect(history.states()[0]?.last).toEqual({ at: instant(3), verdict: 'clear', masked: true });
  });

  it('keeps a judgement that it had not seen before', async () => {
    const history = await openHistory(OPTIONS);
    const run = seen(5, { masked: true, judged: { at: instant(1), report: BLACK_HOLE } });
    history.record(entry(5, [run]));
    expect(history.states()).toEqual([run.state]);
  });

  it.each<[string, Partial<SeriesQuery>, number[]]>([
    ['all', {}, [0, 10, 20, 30]],
    ['from an instant on', { since: instant(10) }, [10, 20, 30]],
    ['up to an instant', { until: instant(20) }, [0, 10, 20]],
    ['between two', { since: instant(5), until: instant(25) }, [10, 20]],
    ['the newest', { limit: 2 }, [20, 30]],
    ['the newest up to an instant', { until: instant(20), limit: 2 }, [10, 20]],
    ['none', { since: instant(31) }, []],
  ])('tells the runs of one path, oldest first: %s', async (_, query, expected) => {
    const history = await openHistory(OPTIONS);
    // Not in order, as after a clock was set back.
    for (const ms of [0, 20, 10, 30]) history.record(entry(ms, [seen(ms), seen(ms + 1, { id: OTHER })]));
    expect(history.series(ID, { ...ALL, ...query }).map(({ at }) => at)).toEqual(expected.map(instant));
  });

  it('tells events after a number, oldest first, and the latest, newest first', async () => {
    const history = await openHistory(OPTIONS);
    const kinds: NewEvent[] = [event(0), event(1, { pathId: OTHER }), event(2), event(3, { pathId: null })];
    history.append(kinds);
    expect(history.eventsAfter(1, 2).map(({ id }) => id)).toEqual([2, 3]);
    expect(history.eventsAfter(4, 2)).toEqual([]);
    expect(history.latestEvents(2, null).map(({ id }) => id)).toEqual([4, 3]);
    expect(history.latestEvents(10, ID).map(({ id }) => id)).toEqual([3, 1]);
  });

  it('moves each cursor by itself', async () => {
    const history = await openHistory(OPTIONS);
    history.moveCursor('one', 4);
    history.moveCursor('other', 0);
    history.moveCursor('one', 7);
    expect([history.cursor('one'), history.cursor('other')]).toEqual([7, 0]);
  });

  it('tells the size of its file, and none in memory', async () => {
    const [kept, passing] = [await openHistory(fileOptions()), await openHistory(OPTIONS)];
    kept.record(entry(0));
    passing.record(entry(0));
    expect(kept.size()).toBeGreaterThan(4096);
    expect(passing.size()).toBe(0);
    kept.close();
  });

  it('can be closed twice', async () => {
    const history = await openHistory(fileOptions());
    history.close();
    expect(() => history.close()).not.toThrow();
  });
});

function sides({ forward, reverse }: typeof CLEAR) {
  return {
    forward: { pathMtu: forward.pathMtu, exact: forward.exact, behaviour: forward.behaviour },
    reverse: { pathMtu: reverse.pathMtu, exact: reverse.exact, behaviour: reverse.behaviour },
  };
}
