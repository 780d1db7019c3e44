/** Every scenario of the lab through the compiled command: `npm run build` first, `--project lab` then. */

import { describe, expect, it } from 'vitest';
import { needsTun } from '../../src/lab/network.ts';
import { HOSTILE_SCENARIOS } from '../../src/lab/scenarios/hostile.ts';
import { SCENARIOS } from '../../src/lab/scenarios/index.ts';
import { requireValid } from '../report-schema.ts';
import { COMMAND, lab } from './lab.ts';
import { turns } from './turns.ts';

/** Measurements wait more than they compute: two at once fill two cores. */
const turn = turns(2);
const LIMIT_MS = 240_000; // with the wait for a turn
/** Delays need /dev/net/tun, which only root may open. */
const IS_ROOT = process.geteuid?.() === 0;

describe.concurrent('measured in network namespaces', () => {
  const mine = SCENARIOS.filter(({ topology }) => IS_ROOT || !needsTun(topology)).filter(
    // In hostile.test.ts.
    (scenario) => !HOSTILE_SCENARIOS.includes(scenario),
  );
  it.each(mine)('$name: $title', { timeout: LIMIT_MS }, async ({ name }) => {
    const { exitCode, output } = await turn(() => lab('run', name));
    expect(exitCode, output).toBe(0);
  });
});

describe('without privileges', () => {
  it('the incident is found in a user namespace', { timeout: LIMIT_MS }, async () => {
    const { exitCode, output } = await lab('run', 'dind', '--unprivileged');
    expect(exitCode, output).toBe(0);
  });

  it('the ping program looks forward where raw and ping sockets are refused', { timeout: LIMIT_MS }, async () => {
    const nobody = 'setpriv --reuid 65534 --regid 65534 --clear-groups --inh-caps=-all';
    const run = `${nobody} ${process.execPath} ${COMMAND} run --target server.lab.test -4 --method icmp --format json`;
    const script = `echo '1 0' > /proc/sys/net/ipv4/ping_group_range; ${run}`;
    const { exitCode, output } = await lab('enter', 'told', '--', 'sh', '-c', script);
    expect(exitCode, output).toBe(0);
    const forward = { pathMtu: 1400, exact: true, behaviour: 'signalled', provedBy: ['icmp-system'] };
    const packetTooBig = [{ from: '10.0.1.1', nextHopMtu: 1400, ttl: null }];
    const report: unknown = JSON.parse(output);
    requireValid(report);
    expect(report).toMatchObject({ paths: [{ forward: { ...forward, packetTooBig } }] });
  });

  it('a scenario that needs /dev/net/tun says so', { timeout: LIMIT_MS }, async () => {
    const { exitCode, output } = await lab('run', 'far', '--unprivileged');
    expect(exitCode).toBe(2);
    expect(output).toContain('/dev/net/tun: run as root');
  });
});

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

describe('a responder at a round trip of 50 ms', () => {
  it.each(IS_ROOT ? ['far-silent-responder'] : [])(
    '%s: a hole each way is found in eight round trips over UDP',
    { timeout: LIMIT_MS },
    async (name) => {
      const { output } = await lab('run', name);
      const trips = [...output.matchAll(/, in (\d+) round trips/g)].map(([, count]) => Number(count));
      expect(trips, output).toHaveLength(2);
      expect(Math.max(...trips), output).toBeLessThanOrEqual(8);
    },
  );
});

describe('at a round trip of 50 ms', () => {
  it.each(IS_ROOT ? ['far', 'far-silent'] : [])(
    '%s takes less than a second and a half',
    { timeout: LIMIT_MS },
    async (name) => {
      const { output } = await lab('run', name);
      // By the clock of the run: how long a process takes to start says nothing of the path, and much of the machine.
      const measured = [...output.matchAll(/, (\d+) ms measured/g)].map(([, ms]) => Number(ms));
      expect(measured, output).toHaveLength(2);
      expect(Math.max(...measured), output).toBeLessThanOrEqual(1500);
    },
  );
});
