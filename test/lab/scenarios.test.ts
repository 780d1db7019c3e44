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
