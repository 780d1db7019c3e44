import { describe, expect, it } from 'vitest';
import { offsetOf, slotsBetween, slotsOf } from '../../../../src/service/schedule/slots.ts';

const NEW_YEAR = Date.UTC(2026, 0, 1);

describe('slots', () => {
  it('of an interval are multiples from its anchor on', async () => {
    const slots = await slotsOf({ kind: 'interval', everyMs: 5000 }, NEW_YEAR + 123);
    expect(slots.after(NEW_YEAR)).toBe(NEW_YEAR + 123);
    expect(slots.after(NEW_YEAR + 123)).toBe(NEW_YEAR + 5123);
    expect(slotsBetween(slots, NEW_YEAR, NEW_YEAR + 20_000, 100)).toBe(4);
    expect(slotsBetween(slots, NEW_YEAR, NEW_YEAR + 20_000, 3)).toBe(3);
  });

  it('of a cron expression are those of its time zone', async () => {
    const slots = await slotsOf({ kind: 'cron', expression: '30 2 * * *', timeZone: 'Europe/Berlin' }, 0);
    expect(slots.after(NEW_YEAR)).toBe(Date.UTC(2026, 0, 1, 1, 30));
    // 2026-03-29 has no 02:30 there.
    const [before, after] = [Date.UTC(2026, 2, 28, 12), Date.UTC(2026, 2, 29, 12)];
    expect(slotsBetween(slots, before, after, 10)).toBeLessThanOrEqual(1);
  });

  it('of an expression that has no more come to an end', async () => {
    const slots = await slotsOf({ kind: 'cron', expression: '0 0 0 1 1 * 2025', timeZone: 'UTC' }, 0);
    expect(slots.after(NEW_YEAR)).toBeNull();
  });

  it('of many targets are spread over their interval, those of a few begin soon', () => {
    expect([0, 1, 99].map((index) => offsetOf(index, 100, 5000))).toEqual([0, 50, 4950]);
    expect([0, 1, 2].map((index) => offsetOf(index, 3, 60_000))).toEqual([0, 250, 500]);
  });
});
