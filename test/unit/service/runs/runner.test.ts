import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { RunOptions } from '../../../../src/config/options.ts';
import { parseRunOptions } from '../../../../src/config/parse.ts';
import type { Report } from '../../../../src/contract.ts';
import { AddressTurns } from '../../../../src/service/runs/address-turns.ts';
import { Runner } from '../../../../src/service/runs/runner.ts';
import { CLEAR, reportOf } from '../../report/reports.ts';

const OPTIONS: RunOptions = parseRunOptions({ target: ['rubygems.org'] }).run;
const REPORT: Report = reportOf('clear', [CLEAR]);
const IGNORE = (): void => undefined;

/** Ends with the abort, as a measurement does. */
async function untilAborted(signal: AbortSignal): Promise<Report> {
  await sleep(60_000, undefined, { signal, ref: false }).catch(IGNORE);
  return REPORT;
}

describe('runs', () => {
  it('are so many at once', async () => {
    let [now, most] = [0, 0];
    const runner = new Runner(async () => {
      now += 1;
      most = Math.max(most, now);
      await sleep(5);
      now -= 1;
      return REPORT;
    }, 2);
    const all = await Promise.all(Array.from({ length: 7 }, () => runner.run(() => OPTIONS, 1000, IGNORE)));
    expect(most).toBe(2);
    expect(all.map(({ outcome }) => outcome)).toEqual(Array(7).fill('completed'));
  });

  it('are cut at their timeout, with what is proved', async () => {
    const runner = new Runner((_, signal) => untilAborted(signal), 1);
    const { outcome, report } = await runner.run(() => OPTIONS, 20, IGNORE);
    expect([outcome, report]).toEqual(['cut', REPORT]);
  });

  it('that hang in the system are given up, keep nobody from a turn, and are over when they are over', async () => {
    let release: (report: Report) => void = IGNORE;
    let calls = 0;
    const runner = new Runner(() => {
      calls += 1;
      return calls === 1
        ? new Promise((resolve) => {
            release = resolve;
          })
        : Promise.resolve(REPORT);
    }, 1);
    let over = false;
    const hanging = runner
      .run(() => OPTIONS, 10, IGNORE)
      .then((ended) => {
        over = true;
        return ended;
      });
    expect((await runner.run(() => OPTIONS, 1000, IGNORE)).outcome).toBe('completed');
    expect(over).toBe(false);
    release(REPORT);
    const { outcome, report, error } = await hanging;
    expect([outcome, report, error?.message]).toEqual(['failed', null, 'hangs since its timeout of 10 ms']);
  });

  it('that throw are failures with their reason', async () => {
    const runner = new Runner(() => Promise.reject(new Error('no such interface')), 1);
    const { outcome, error } = await runner.run(() => OPTIONS, 1000, IGNORE);
    expect([outcome, error?.message]).toEqual(['failed', 'no such interface']);
  });

  it('end with the service: what can ends by itself, the rest is cut, what waits never begins', async () => {
    let begun = 0;
    const runner = new Runner(async (options, signal) => {
      begun += 1;
      return options.targets[0] === 'quick' ? sleep(20, REPORT) : untilAborted(signal);
    }, 2);
    const quick = runner.run(() => ({ ...OPTIONS, targets: ['quick'] }), 60_000, IGNORE);
    const slow = runner.run(() => ({ ...OPTIONS, targets: ['slow'] }), 60_000, IGNORE);
    const waiting = runner.run(() => ({ ...OPTIONS, targets: ['waits'] }), 60_000, IGNORE);
    await sleep(1);
    await runner.stop(100);
    expect((await quick).outcome).toBe('completed');
    expect([(await slow).outcome, (await slow).report]).toEqual(['failed', null]);
    expect([(await waiting).outcome, (await waiting).error]).toEqual(['failed', null]);
    expect(begun).toBe(2);
  });
});

describe('turns of an address', () => {
  const never = new AbortController().signal;

  it('go one after the other, those of others at once', async () => {
    const turns = new AddressTurns();
    const order: string[] = [];
    const first = await turns.take('192.0.2.1', never);
    const second = turns.take('192.0.2.1', never).then((end) => {
      order.push('second');
      end();
    });
    (await turns.take('192.0.2.2', never))();
    order.push('other', 'first over');
    first();
    await second;
    expect(order).toEqual(['other', 'first over', 'second']);
  });

  it('are waited for no longer than until the abort, and the next one waits for whoever is before it', async () => {
    const turns = new AddressTurns();
    const controller = new AbortController();
    const first = await turns.take('192.0.2.1', never);
    const aborted = turns.take('192.0.2.1', controller.signal);
    let third = false;
    const last = turns.take('192.0.2.1', never).then((end) => {
      third = true;
      end();
    });
    controller.abort();
    (await aborted)();
    await sleep(1);
    expect(third).toBe(false);
    first();
    await last;
  });
});
