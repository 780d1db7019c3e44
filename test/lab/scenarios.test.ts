/** Every scenario of the lab through the compiled command: `npm run build` first, `--project lab` then. */

import { describe, expect, it } from 'vitest';
import { needsTun } from '../../src/lab/network.ts';
import { SCENARIOS } from '../../src/lab/scenarios/index.ts';
import { lab } from './lab.ts';
import { turns } from './turns.ts';

/** Measurements wait more than they compute: two at once fill two cores. */
const turn = turns(2);
const LIMIT_MS = 240_000; // with the wait for a turn

describe.concurrent('measured in network namespaces', () => {
  for (const { name, title, topology } of SCENARIOS) {
    const mayNot = needsTun(topology) && process.geteuid?.() !== 0;
    it.skipIf(mayNot)(`${name}: ${title}`, { timeout: LIMIT_MS }, async () => {
      const { exitCode, output } = await turn(() => lab('run', name));
      expect(exitCode, output).toBe(0);
    });
  }
});

describe('without privileges', () => {
  it('the incident is found in a user namespace', { timeout: LIMIT_MS }, async () => {
    const { exitCode, output } = await lab('run', 'dind', '--unprivileged');
    expect(exitCode, output).toBe(0);
  });

  it('a scenario that needs /dev/net/tun says so', { timeout: LIMIT_MS }, async () => {
    const { exitCode, output } = await lab('run', 'far', '--unprivileged');
    expect(exitCode).toBe(2);
    expect(output).toContain('/dev/net/tun: run as root');
  });
});

describe('a second run right after the first', () => {
  it.each(['dind', 'server-not-told', 'silent'])('finds the same: %s', { timeout: LIMIT_MS }, async (name) => {
    const { exitCode, output } = await lab('run', name, '--repeat', '2', '--keep-learnt');
    expect(exitCode, output).toBe(0);
  });
});
