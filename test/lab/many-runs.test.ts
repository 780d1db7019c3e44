/** What holds in each of many runs, with packets lost by chance and with what the run before left behind. */

import { describe, expect, it } from 'vitest';
import { SCENARIOS } from '../../src/lab/scenarios/index.ts';
import { lab } from './lab.ts';

const LIMIT_MS = 240_000;

describe('a false alarm', () => {
  it.each(['clear', 'dind-fixed', 'icmp-blocked', 'narrow-client', 'loss', 'overlay-fragments', 'df-cleared'])(
    'is not raised in twenty runs: %s',
    { timeout: LIMIT_MS },
    async (name) => {
      const { output } = await lab('run', name, '--repeat', '20');
      const verdicts = output.match(/^(ok {2}|FAIL) .*$/gm)?.map((line) => / IPv[46]: ([a-z-]+),/.exec(line)?.[1]);
      const families = Object.keys(SCENARIOS.find((scenario) => scenario.name === name)?.families ?? {});
      expect(verdicts).toHaveLength(20 * families.length);
      expect(new Set(verdicts), output).toEqual(new Set(['clear']));
    },
  );
});

describe('a clamp behind a page that no buffer holds', () => {
  it('is a clamp in twenty runs: less of the page comes in, the larger its segments are', {
    timeout: LIMIT_MS,
  }, async () => {
    const { exitCode, output } = await lab('run', 'long-page', '--repeat', '10');
    expect(exitCode, output).toBe(0);
    expect(output.match(/^ok {2}/gm)).toHaveLength(20);
  });
});

describe('one bad way out of two', () => {
  it.each(['two-ways-forward', 'two-ways-reverse'])(
    'is found in nearly all of forty runs: %s',
    { timeout: LIMIT_MS },
    async (name) => {
      const { exitCode, output } = await lab('run', name, '--repeat', '20');
      expect(exitCode, output).toBe(0);
      // One run of 64 meets only the good way; more than five of 40 in one of 30 000.
      expect(output.match(/: black-hole, /g)?.length, output).toBeGreaterThanOrEqual(35);
    },
  );
});

describe('loss of any size', () => {
  it('is no black hole in a hundred runs', { timeout: LIMIT_MS }, async () => {
    const { output } = await lab('run', 'loss', '--repeat', '50');
    expect(output.match(/ IPv[46]: /g), output).toHaveLength(100);
    expect(output).not.toMatch(/: (black-hole|delayed|reduced|clamped),/);
  });

  it('hides no black hole in twenty runs', { timeout: LIMIT_MS }, async () => {
    const { output } = await lab('run', 'loss-and-silence', '--repeat', '10');
    expect(output.match(/ IPv[46]: /g), output).toHaveLength(20);
    expect(output).not.toMatch(/: (clear|clamped|reduced),/);
  });
});

describe('heavy loss', () => {
  it('is never taken for a fault of size in ten runs', { timeout: LIMIT_MS }, async () => {
    const { exitCode, output } = await lab('run', 'heavy-loss', '--repeat', '10');
    expect(exitCode, output).toBe(0);
    expect(output.match(/^ok {2}/gm)).toHaveLength(20);
  });
});

describe('a run right after another', () => {
  it('finds the incident ten times in a row', { timeout: LIMIT_MS }, async () => {
    const { exitCode, output } = await lab('run', 'dind', '--repeat', '10', '--keep-learnt');
    expect(exitCode, output).toBe(0);
  });

  it.each(['server-not-told', 'silent', 'clamped'])('finds the same: %s', { timeout: LIMIT_MS }, async (name) => {
    const { exitCode, output } = await lab('run', name, '--repeat', '2', '--keep-learnt');
    expect(exitCode, output).toBe(0);
  });

  it('never calls a broken path clear because of what it learnt', { timeout: LIMIT_MS }, async () => {
    const { output } = await lab('run', 'client-not-told', '--repeat', '3', '--keep-learnt');
    expect(output.match(/ IPv[46]: /g), output).toHaveLength(6);
    expect(output).not.toMatch(/: clear,/);
  });
});
