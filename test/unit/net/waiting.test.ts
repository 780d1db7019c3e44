import { describe, expect, it } from 'vitest';
import type { Clock } from '../../../src/measure/channel.ts';
import { createClock } from '../../../src/net/clock.ts';
import { Mailbox } from '../../../src/net/mailbox.ts';
import { pollUntil } from '../../../src/net/poll-until.ts';

describe('the clock', () => {
  it('sleeps, and wakes at an abort without rejecting', async () => {
    const clock = createClock();
    const before = clock.now();
    await clock.sleep(20);
    expect(clock.now() - before).toBeGreaterThanOrEqual(19);
    const abort = new AbortController();
    const sleeping = clock.sleep(60_000, abort.signal);
    abort.abort();
    await sleeping;
    await clock.sleep(60_000, abort.signal);
    expect(clock.now() - before).toBeLessThan(5000);
  });
});

describe('the mailbox', () => {
  it('resolves at the first event, and keeps later ones', async () => {
    const mailbox = new Mailbox<number>(createClock());
    setTimeout(() => mailbox.put(1), 5);
    expect(await mailbox.take(performance.now() + 5000)).toEqual([1]);
    mailbox.put(2);
    mailbox.put(3);
    expect(await mailbox.take(0)).toEqual([2, 3]);
  });

  it('does not end empty while packets still come out of the kernel', async () => {
    const mailbox = new Mailbox<string>(createClock());
    let foreign = 0;
    const read = (): void => {
      mailbox.noteRead();
      foreign += 1;
      if (foreign < 20) setImmediate(read);
      else mailbox.put('ours');
    };
    setImmediate(read);
    expect(await mailbox.take(performance.now() - 1)).toEqual(['ours']);
  });

  it('keeps the first of a flood that nobody takes, and no more', async () => {
    const mailbox = new Mailbox<number>(createClock());
    for (let event = 0; event < 100_000; event += 1) mailbox.put(event);
    const events = await mailbox.take(0);
    expect(events.length).toBe(4096);
    expect(events[0]).toBe(0);
    mailbox.put(7);
    expect(await mailbox.take(0)).toEqual([7]);
  });

  it('ends empty at the instant when nothing came', async () => {
    const before = performance.now();
    expect(await new Mailbox<number>(createClock()).take(before + 20)).toEqual([]);
    expect(performance.now() - before).toBeGreaterThanOrEqual(19);
  });
});

describe('waiting by asking', () => {
  function virtual(): Clock & { readonly pauses: number[] } {
    let now = 0;
    const pauses: number[] = [];
    return {
      pauses,
      now: () => now,
      sleep: async (ms) => {
        pauses.push(ms);
        now += ms;
      },
    };
  }

  it('asks every millisecond at first, and every ten in the end', async () => {
    const clock = virtual();
    expect(
      await pollUntil(
        clock,
        2000,
        () => 0,
        () => [],
      ),
    ).toEqual([]);
    expect(clock.pauses.slice(0, 20)).toEqual(Array.from({ length: 20 }, () => 1));
    expect(Math.max(...clock.pauses)).toBe(10);
    expect(clock.now()).toBe(2000);
  });

  it('asks once more at the end, for what came in while the process was held up', async () => {
    const clock = virtual();
    let asked = 0;
    const events = await pollUntil(
      { ...clock, sleep: (ms) => clock.sleep(ms + 5000) },
      10,
      () => 0,
      () => (++asked === 2 ? ['late'] : []),
    );
    expect(events).toEqual(['late']);
  });
});
