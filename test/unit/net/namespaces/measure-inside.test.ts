import { describe, expect, it } from 'vitest';
import { INSIDE_LIMITS, measureInside } from '../../../../src/net/namespaces/measure-inside.ts';

describe('a measurement in another namespace', () => {
  it('is bounded in length and time', () => {
    expect(INSIDE_LIMITS).toEqual({ bytes: 16_777_216, timeMs: 600_000, graceMs: 5_000 });
  });

  it('does not begin after an abort', async () => {
    const place = { netns: -1, inode: 'net:[1]', pid: null, root: null, etc: null };
    const signal = AbortSignal.abort(new Error('told to stop'));
    await expect(measureInside(place, ['run', '--target', 'a'], signal)).rejects.toThrow('told to stop');
  });
});
