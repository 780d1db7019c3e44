import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backoffMs, decide } from '../../../../src/service/notify/decide.ts';

const NOW = new Date('2026-03-01T12:00:00Z');
const answered = (status: number, retryAfter: string | null = null) =>
  ({ kind: 'answered', status, retryAfter }) as const;

describe('what becomes of a delivery', () => {
  it.each([200, 201, 202, 204, 299])('%i is delivered', (status) => {
    expect(decide(answered(status), 1, NOW, 0.5)).toEqual({ kind: 'delivered' });
  });

  it.each([301, 302, 307, 308, 408, 425, 429, 500, 502, 503, 599])('%i is tried again', (status) => {
    expect(decide(answered(status), 1, NOW, 0.5).kind).toBe('retry');
  });

  it.each([400, 401, 403, 404, 405, 410, 413, 422, 499])('%i is given up', (status) => {
    expect(decide(answered(status), 1, NOW, 0.5)).toEqual({ kind: 'give-up', reason: `status ${status}` });
  });

  it('a receiver that does not answer is tried again', () => {
    const decision = decide({ kind: 'failed', reason: 'ECONNREFUSED' }, 1, NOW, 0);
    expect(decision).toEqual({ kind: 'retry', afterMs: 1000, reason: 'ECONNREFUSED' });
  });
});

describe('the wait', () => {
  it('doubles at most, from a second to five minutes', () => {
    const longest = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 2000].map((tries) => backoffMs(tries, 1));
    expect(longest).toEqual([2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300].map((seconds) => seconds * 1000));
    expect([1, 5, 2000].map((tries) => backoffMs(tries, 0))).toEqual([1000, 1000, 1000]);
  });

  it('is anything in between, by chance', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.double({ min: 0, max: 1, noNaN: true }), (tries, random) => {
        const waitMs = backoffMs(tries, random);
        expect(waitMs).toBeGreaterThanOrEqual(1000);
        expect(waitMs).toBeLessThanOrEqual(300_000);
      }),
    );
  });

  it.each([
    ['seconds', '120', 120_000],
    ['a date', 'Sun, 01 Mar 2026 12:02:00 GMT', 120_000],
    ['more than is granted', '86400', 600_000],
    ['less than would be waited anyway', '0', 1000],
    ['a date that is over', 'Sun, 01 Mar 2026 11:00:00 GMT', 1000],
    ['neither', 'soon', 1000],
    ['a negative number', '-5', 1000],
    ['a number without end', '9'.repeat(400), 600_000],
  ])('is what the receiver asks for: %s', (_, header, afterMs) => {
    expect(decide(answered(503, header), 1, NOW, 0)).toEqual({ kind: 'retry', afterMs, reason: 'status 503' });
  });
});
