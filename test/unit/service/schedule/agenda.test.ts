import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Agenda, type Outcome } from '../../../../src/service/schedule/agenda.ts';
import { slotsOf } from '../../../../src/service/schedule/slots.ts';

const START = Date.UTC(2026, 0, 1);

beforeEach(() => {
  vi.useFakeTimers({ now: START });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Every 10 s; each run takes `takesMs`, after waiting for its turn for `waitsMs`. */
async function agendaOf({
  takesMs = 100,
  waitsMs = 0,
  jitterMs = 0,
  random = (): number => 0.5,
  outcome = 'completed' as Outcome,
} = {}) {
  const starts: number[] = [];
  const missed: number[] = [];
  const slots = await slotsOf({ kind: 'interval', everyMs: 10_000 }, START);
  const agenda = new Agenda({ slots, jitterMs }, random, {
    run: async (started) => {
      if (waitsMs > 0) await new Promise((resolve) => setTimeout(resolve, waitsMs));
      started();
      starts.push(Math.round((Date.now() - START) / 1000));
      await new Promise((resolve) => setTimeout(resolve, takesMs));
      return outcome;
    },
    missed: (count) => missed.push(count),
  });
  agenda.start(START);
  return { agenda, starts, missed };
}

function isAccountedFor({ counts }: Agenda): boolean {
  const { due, completed, missed, cut, failed, waiting, running } = counts;
  return due === completed + missed + cut + failed + waiting + running;
}

describe('the slots of a target', () => {
  it('begin at once and then by the interval', async () => {
    const { agenda, starts } = await agendaOf();
    await vi.advanceTimersByTimeAsync(35_000);
    expect(starts).toEqual([0, 10, 20, 30]);
    expect(agenda.counts).toMatchObject({ due: 4, completed: 4, missed: 0 });
    expect(agenda.nextAt).toBe(START + 40_000);
  });

  it('are missed while the run before is under way: never two at once, and none is made up for', async () => {
    const { agenda, starts, missed } = await agendaOf({ takesMs: 25_000 });
    await vi.advanceTimersByTimeAsync(61_000);
    expect(starts).toEqual([0, 30, 60]);
    expect(missed).toEqual([1, 1, 1, 1]);
    expect(agenda.counts).toMatchObject({ due: 7, completed: 2, missed: 4, running: 1 });
    expect(isAccountedFor(agenda)).toBe(true);
  });

  it('are missed while it waits for its turn', async () => {
    const { agenda } = await agendaOf({ waitsMs: 15_000 });
    await vi.advanceTimersByTimeAsync(12_000);
    expect(agenda.counts).toMatchObject({ due: 2, missed: 1, waiting: 1 });
    expect(isAccountedFor(agenda)).toBe(true);
  });

  it('begin up to the jitter later', async () => {
    const { starts } = await agendaOf({ jitterMs: 4000, random: () => 0.25 });
    await vi.advanceTimersByTimeAsync(25_000);
    expect(starts).toEqual([0, 11, 21]);
  });

  it('that this host slept through are counted, and one run stands for all of them', async () => {
    const { agenda, starts, missed } = await agendaOf();
    await vi.advanceTimersByTimeAsync(5_000);
    vi.setSystemTime(START + 65_000);
    await vi.advanceTimersByTimeAsync(6_000);
    expect(missed).toEqual([6]);
    expect(starts).toHaveLength(2);
    expect(agenda.counts).toMatchObject({ due: 8, completed: 2, missed: 6 });
    expect(isAccountedFor(agenda)).toBe(true);
  });

  it('go on from where the clock is set back to, and nobody waits for the old time to come again', async () => {
    const { agenda, starts } = await agendaOf();
    await vi.advanceTimersByTimeAsync(5000);
    vi.setSystemTime(START - 3_600_000);
    await vi.advanceTimersByTimeAsync(90_000);
    expect(starts.length).toBeGreaterThan(8);
    expect(isAccountedFor(agenda)).toBe(true);
  });

  it('end with the service; what is under way ends by itself', async () => {
    const { agenda, starts } = await agendaOf({ takesMs: 3000 });
    await vi.advanceTimersByTimeAsync(1000);
    const over = agenda.stop();
    await vi.advanceTimersByTimeAsync(60_000);
    await over;
    expect(starts).toEqual([0]);
    expect(agenda.counts).toMatchObject({ due: 1, completed: 1, running: 0 });
    expect(agenda.nextAt).toBeNull();
  });

  it('go on by another schedule with what was counted', async () => {
    const { agenda, starts } = await agendaOf();
    await vi.advanceTimersByTimeAsync(15_000);
    agenda.change({ slots: await slotsOf({ kind: 'interval', everyMs: 1000 }, START), jitterMs: 0 });
    await vi.advanceTimersByTimeAsync(2_500);
    expect(starts).toEqual([0, 10, 16, 17]);
    expect(agenda.counts.due).toBe(4);
  });
});
