/** What comes at the same time as something else: removals, stops and changes while runs are under way. */

import { describe, expect, it, vi } from 'vitest';
import { parseRunOptions } from '../../../src/config/parse.ts';
import type { PeersOptions } from '../../../src/config/watch/options.ts';
import type { PathReport, Report } from '../../../src/contract.ts';
import { Service } from '../../../src/service/service.ts';
import { viewOf } from '../../../src/service/view-of.ts';
import { BLACK_HOLE, CLEAR, reportOf } from '../report/reports.ts';
import { EVERY_MS, pass, SILENT_LOG, timed, watched } from './timed.ts';

const history = timed();

function reportFor(target: string, path: PathReport = CLEAR): Report {
  return { ...reportOf(path.verdict, [{ ...path, target }]), startedAt: new Date().toISOString() };
}

function opened(
  measure: (target: string, holds: Readonly<Record<string, number>>) => Promise<Report>,
  chance = 0,
): Service {
  return new Service({
    history: history(),
    log: SILENT_LOG,
    random: () => chance,
    concurrency: 4,
    measure: ({ targets, holds }) => measure(targets[0] ?? '', holds),
  });
}

/** A promise, and what resolves it. */
function pending(): { readonly report: Promise<Report>; readonly resolve: (report: Report) => void } {
  let resolve: (report: Report) => void = () => undefined;
  const report = new Promise<Report>((done) => {
    resolve = done;
  });
  return { report, resolve };
}

const PEERS: PeersOptions = {
  source: { kind: 'dns', name: 'agents.example' },
  port: 9483,
  httpPort: 9482,
  schedule: { kind: 'interval', everyMs: EVERY_MS },
  jitterMs: 0,
  timeoutMs: 5000,
  gating: true,
  failOn: 'delayed',
  fullMesh: 10,
  perRound: 3,
  run: parseRunOptions({ target: ['x'] }).run,
} as unknown as PeersOptions;

function around(lookup: () => Promise<readonly { address: string }[]>) {
  return { lookup, interfaces: () => ({}), version: '0', token: null };
}

describe('a target that is removed while its run is under way', () => {
  it('does not come back with what that run finds', async () => {
    const run = pending();
    const service = opened((target) => (target === 'a' ? run.report : Promise.resolve(reportFor(target))));
    await service.watch({ targets: [watched('a'), watched('b')], concurrency: 4 });
    await pass(500);
    await service.watch({ targets: [watched('b')], concurrency: 4 });
    run.resolve(reportFor('a'));
    await pass(100);
    expect(service.paths.all().map(({ target }) => target)).toEqual(['b']);
    expect(
      history()
        .states()
        .map(({ target }) => target),
    ).toEqual(['b']);
  });
});

describe('paths that the history remembers of what is watched no more', () => {
  it('are forgotten with the next start', async () => {
    const before = opened((target) => Promise.resolve(reportFor(target)));
    await before.watch({ targets: [watched('a'), watched('b')], concurrency: 4 });
    await pass(500);
    await before.stop(0);
    const after = opened((target) => Promise.resolve(reportFor(target)));
    await after.watch({ targets: [watched('b')], concurrency: 4 });
    expect(after.paths.all().map(({ target }) => target)).toEqual(['b']);
    expect(history().latestEvents(2, null)[1]).toMatchObject({ kind: 'path-gone', target: 'a' });
    await after.stop(0);
  });

  it('are those of peers, until it is known who they are', async () => {
    const measure = (target: string): Promise<Report> => Promise.resolve(reportFor(target));
    const before = opened(measure);
    await before.meet(
      PEERS,
      around(() => Promise.resolve([{ address: '192.0.2.1' }, { address: '192.0.2.2' }])),
    );
    await pass(500);
    await before.stop(0);
    const after = opened(measure);
    await after.meet(
      PEERS,
      around(() => Promise.resolve([{ address: '192.0.2.2' }])),
    );
    await after.watch({ targets: [], concurrency: 4 });
    expect(after.paths.all()).toHaveLength(2);
    await pass(500);
    expect(after.paths.all().map(({ target }) => target)).toEqual(['mtu://192.0.2.2:9483']);
    await after.stop(0);
  });
});

describe('peers that decide over readiness', () => {
  it('are waited for while their name cannot be resolved', async () => {
    const service = opened((target) => Promise.resolve(reportFor(target)));
    await service.meet(
      PEERS,
      around(() => Promise.reject(new Error('no such name'))),
    );
    await pass(100);
    expect(service.readiness()).toMatchObject({ ready: false, pending: true });
    await service.stop(0);
  });
});

describe('the end', () => {
  it('does not wait for names that are looked up for peers', async () => {
    const service = opened((target) => Promise.resolve(reportFor(target)));
    await service.meet(
      PEERS,
      around(() => new Promise(() => undefined)),
    );
    await pass(100);
    let over = false;
    void service.stop(2000).then(() => {
      over = true;
    });
    await pass(100);
    expect(over).toBe(true);
  });

  it('is final: neither targets nor peers of a change that was under way begin after it', async () => {
    const asked: string[] = [];
    const service = opened((target) => {
      asked.push(target);
      return Promise.resolve(reportFor(target));
    });
    await service.watch({ targets: [watched('a')], concurrency: 4 });
    await pass(100);
    const change = service.watch({ targets: [watched('a'), watched('late')], concurrency: 4 });
    const meeting = service.meet(
      PEERS,
      around(() => Promise.resolve([{ address: '192.0.2.1' }])),
    );
    await service.stop(0);
    await Promise.all([change, meeting]);
    await pass(EVERY_MS * 3);
    expect(asked).toEqual(['a']);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('a run that hangs in the system', () => {
  it('is told as what is wrong with its target while it hangs', async () => {
    const service = opened(() => new Promise(() => undefined));
    await service.watch({ targets: [watched('a', { timeoutMs: 1000 })], concurrency: 4 });
    await pass(3500);
    expect(service.readiness().reasons).toEqual(['a: hangs since its timeout of 1000 ms']);
    expect(service.targetStates()[0]?.slots.running).toBe(1);
  });
});

describe('who hears of a run', () => {
  it('finds its paths among those of the target', async () => {
    const service = opened((target) => Promise.resolve(reportFor(target, BLACK_HOLE)));
    const seen: number[] = [];
    service.chronicle.subscribe(({ kind }) => {
      if (kind === 'run') seen.push(service.targetStates()[0]?.paths.length ?? 0);
    });
    await service.watch({ targets: [watched('a')], concurrency: 4 });
    await pass(100);
    expect(seen).toEqual([1]);
  });

  it('and fails keeps nobody else from it, nor the next run', async () => {
    const service = opened((target) => Promise.resolve(reportFor(target)));
    let heard = 0;
    service.chronicle.subscribe(() => {
      throw new Error('a listener of no use');
    });
    service.chronicle.subscribe(({ kind }) => {
      if (kind === 'run') heard += 1;
    });
    await service.watch({ targets: [watched('a')], concurrency: 4 });
    await pass(EVERY_MS + 100);
    expect(heard).toBe(2);
    expect(service.chronicle.failures).toBe(0);
  });
});

describe('a change of the jitter alone', () => {
  it('takes effect', async () => {
    const service = opened((target) => Promise.resolve(reportFor(target)), 0.5);
    await service.watch({ targets: [watched('a')], concurrency: 4 });
    await service.watch({ targets: [watched('a', { jitterMs: 4000 })], concurrency: 4 });
    expect(service.targetStates()[0]?.nextAt).toBe('2026-01-01T00:00:12.000Z');
    await service.stop(0);
  });
});

describe('what is measured because somebody asks for it', () => {
  it('knows of the black holes found before as well', async () => {
    const holds: unknown[] = [];
    const service = opened((target, known) => {
      if (target === 'allowed') holds.push(known);
      return Promise.resolve(reportFor(target, target === 'a' ? BLACK_HOLE : CLEAR));
    });
    await service.watch({ targets: [watched('a')], concurrency: 4 });
    await pass(100);
    const { run, timeoutMs } = watched('allowed');
    const view = viewOf(service, {
      version: '0',
      allowed: () => ({ run, timeoutMs }),
      webhooks: () => ({ delivered: 0, failed: 0, givenUp: 0, pending: 0 }),
      configReloads: () => ({ accepted: 0, refused: 0 }),
    });
    await view.probe('allowed', 1000);
    expect(holds).toEqual([{ [BLACK_HOLE.address]: BLACK_HOLE.reverse.pathMtu }]);
  });
});
