import { describe, expect, it } from 'vitest';
import type { RunOptions } from '../../../src/config/options.ts';
import type { PathReport, Report } from '../../../src/contract.ts';
import type { News } from '../../../src/service/contract.ts';
import { Service } from '../../../src/service/service.ts';
import { BusyError } from '../../../src/service/view.ts';
import { BLACK_HOLE, CLEAR, reportOf } from '../report/reports.ts';
import { EVERY_MS, pass, SILENT_LOG, timed, watched } from './timed.ts';

const history = timed();

/** What each run finds, by target; it can be changed while the service runs. */
function world(found: Record<string, Partial<PathReport> | 'nothing' | Promise<Report>>) {
  const asked: RunOptions[] = [];
  const news: News[] = [];
  const service = new Service({
    history: history(),
    log: SILENT_LOG,
    random: () => 0,
    concurrency: 4,
    measure: async (options) => {
      asked.push(options);
      const target = options.targets[0] ?? '';
      const what = found[target] ?? 'nothing';
      if (what instanceof Promise) return what;
      const startedAt = new Date().toISOString();
      if (what === 'nothing') {
        const skipped = [{ target, address: null, reason: `${target} has no address` }];
        return { ...reportOf('inconclusive', [], skipped), startedAt };
      }
      const path = { ...CLEAR, ...what, target } as PathReport;
      return { ...reportOf(path.verdict, [path]), startedAt };
    },
  });
  service.chronicle.subscribe((each) => news.push(each));
  const kinds = (): string[] => news.flatMap((each) => (each.kind === 'event' ? [each.event.kind] : []));
  return { service, asked, news, kinds, found };
}

describe('the service', () => {
  it('tells the story of a path in order, and keeps it', async () => {
    const { service, found, kinds } = world({ a: CLEAR });
    await service.watch({ targets: [watched('a')], concurrency: 4 });
    await pass(100);
    expect(service.readiness().ready).toBe(true);
    found.a = BLACK_HOLE;
    await pass(EVERY_MS);
    expect(service.readiness()).toMatchObject({ ready: false, pending: false });
    found.a = CLEAR;
    await pass(EVERY_MS);
    expect(kinds()).toEqual(['path-found', 'ready', 'verdict-changed', 'not-ready', 'verdict-changed', 'ready']);
    const kept = history().eventsAfter(0, 100);
    expect(kept.map(({ kind }) => kind)).toEqual(kinds());
    expect(kept.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5, 6]);
    const [id = ''] = service.targetStates()[0]?.paths ?? [];
    const points = history().series(id, { since: null, until: null, limit: 10 });
    expect(points.map(({ verdict }) => verdict)).toEqual(['clear', 'black-hole', 'clear']);
  });

  it('runs know of the black holes found before, by whatever target', async () => {
    const { service, asked } = world({ a: BLACK_HOLE, b: { address: BLACK_HOLE.address } });
    await service.watch({ targets: [watched('a'), watched('b')], concurrency: 4 });
    await pass(EVERY_MS + 300);
    const holds = asked.map((options) => [options.targets[0], options.holds[BLACK_HOLE.address] ?? null]);
    const size = BLACK_HOLE.reverse.pathMtu;
    expect(holds).toEqual([
      ['a', null],
      ['b', size],
      ['a', size],
      ['b', size],
    ]);
  });

  it('says once that a target cannot be measured, and once that it can again', async () => {
    const { service, found, kinds } = world({ a: 'nothing' });
    await service.watch({ targets: [watched('a')], concurrency: 4 });
    await pass(EVERY_MS * 2 + 100);
    expect(service.targetStates()[0]).toMatchObject({ problem: 'a has no address', paths: [] });
    expect(service.readiness().reasons).toEqual(['a has no address']);
    found.a = CLEAR;
    await pass(EVERY_MS);
    expect(kinds()).toEqual(['target-failed', 'path-found', 'target-recovered', 'ready']);
  });

  it('is not ready before every gating target was measured, and tells nobody', async () => {
    const { service, kinds } = world({ a: CLEAR, b: new Promise(() => undefined) });
    await service.watch({ targets: [watched('a'), watched('b')], concurrency: 4 });
    await pass(1000);
    expect(service.readiness()).toEqual({ ready: false, pending: true, reasons: ['b: not measured yet'] });
    expect(kinds()).toEqual(['path-found']);
  });

  it('says once that slots are missed, and counts all', async () => {
    let release: (report: Report) => void = () => undefined;
    const hanging = new Promise<Report>((resolve) => {
      release = resolve;
    });
    const { service, kinds, found } = world({ a: hanging });
    await service.watch({ targets: [watched('a', { timeoutMs: 1e9 })], concurrency: 4 });
    await pass(EVERY_MS * 3 + 100);
    expect(service.targetStates()[0]?.slots).toMatchObject({ due: 4, missed: 3, running: 1 });
    expect(kinds()).toEqual(['slot-missed']);
    found.a = CLEAR;
    release(reportOf('clear', [{ ...CLEAR, target: 'a' }]));
    await pass(EVERY_MS);
    expect(service.targetStates()[0]?.slots).toMatchObject({ due: 5, missed: 3, completed: 2, running: 0 });
  });

  it('goes on with what it knew before a restart', async () => {
    const before = world({ a: BLACK_HOLE });
    await before.service.watch({ targets: [watched('a')], concurrency: 4 });
    await pass(100);
    await before.service.stop(0);
    const after = world({ a: new Promise(() => undefined) });
    await after.service.watch({ targets: [watched('a')], concurrency: 4 });
    await pass(100);
    expect(after.service.readiness()).toMatchObject({ ready: false, pending: false });
    expect(after.asked[0]?.holds).toEqual({ [BLACK_HOLE.address]: BLACK_HOLE.reverse.pathMtu });
  });

  it('forgets the paths of what is watched no more', async () => {
    const { service, kinds } = world({ a: CLEAR, b: CLEAR });
    await service.watch({ targets: [watched('a'), watched('b')], concurrency: 4 });
    await pass(1000);
    await service.watch({ targets: [watched('b')], concurrency: 4 });
    await pass(EVERY_MS);
    expect(kinds().filter((kind) => kind === 'path-gone')).toHaveLength(1);
    expect(
      history()
        .states()
        .map(({ target }) => target),
    ).toEqual(['b']);
    expect(service.targetStates().map(({ target, slots }) => [target, slots.due])).toEqual([['b', 2]]);
  });

  it('forgets an address that was not among those of its name for ten runs', async () => {
    const { service, found, kinds } = world({ a: { address: '192.0.2.1' } });
    await service.watch({ targets: [watched('a')], concurrency: 4 });
    await pass(100);
    found.a = { address: '192.0.2.2' };
    await pass(EVERY_MS * 9);
    expect(service.targetStates()[0]?.paths).toHaveLength(1);
    expect(service.paths.all()).toHaveLength(2);
    await pass(EVERY_MS);
    expect(service.paths.all().map(({ address }) => address)).toEqual(['192.0.2.2']);
    expect(kinds().at(-1)).toBe('path-gone');
  });

  it('ends what is under way within its grace, and knows no more than before', async () => {
    const { service } = world({ a: new Promise(() => undefined) });
    await service.watch({ targets: [watched('a', { timeoutMs: 1e9 })], concurrency: 4 });
    await pass(100);
    let over = false;
    void service.stop(2000).then(() => {
      over = true;
    });
    await pass(4100);
    expect(over).toBe(true);
    expect(service.paths.all()).toEqual([]);
  });
});

describe('a probe in between', () => {
  it('is a turn of the target, and everybody who asks gets the same report', async () => {
    const { service, asked } = world({ a: CLEAR });
    await service.watch({ targets: [watched('a')], concurrency: 4 });
    await pass(5000);
    const target = service.targets.get('a');
    if (target === null) throw new Error('a is not watched');
    const [one, other] = await Promise.all([
      service.probing.watched(target, 1000),
      service.probing.watched(target, 1000),
    ]);
    expect(one).toBe(other);
    expect(asked).toHaveLength(2);
    expect(service.targetStates()[0]?.slots).toMatchObject({ due: 2, completed: 2 });
  });

  it('is refused when no turn comes in time', async () => {
    const { service } = world({ a: new Promise(() => undefined) });
    await service.watch({ targets: [watched('a')], concurrency: 4 });
    await pass(10);
    const target = service.targets.get('a');
    if (target === null) throw new Error('a is not watched');
    const refused = expect(service.probing.watched(target, 100)).rejects.toThrow(BusyError);
    await pass(200);
    await refused;
  });
});
