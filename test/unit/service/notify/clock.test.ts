import { describe, expect, it } from 'vitest';
import { WALL_CLOCK } from '../../../../src/service/notify/clock.ts';

/** What keeps this process alive. */
const timers = (): number => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;

describe('waiting', () => {
  it('keeps no process alive', async () => {
    const before = timers();
    const held = setTimeout(() => undefined, 3_600_000);
    expect(timers()).toBe(before + 1);
    clearTimeout(held);
    const end = new AbortController();
    const waiting = WALL_CLOCK.sleep(3_600_000, end.signal);
    expect(timers()).toBe(before);
    end.abort();
    await expect(waiting).resolves.toBeUndefined();
  });

  it('does not begin once it is to end', async () => {
    await expect(WALL_CLOCK.sleep(3_600_000, AbortSignal.abort())).resolves.toBeUndefined();
  });

  it('is over by itself', async () => {
    const before = WALL_CLOCK.now().getTime();
    await WALL_CLOCK.sleep(20, new AbortController().signal);
    // Node counts from the start of the event loop's turn, and may be a millisecond early.
    expect(WALL_CLOCK.now().getTime() - before).toBeGreaterThanOrEqual(18);
  });
});
