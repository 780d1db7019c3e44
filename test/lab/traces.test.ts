/** What a run leaves behind in the network namespace that it ran in: nothing. */

import { describe, expect, it } from 'vitest';
import { COMMAND, lab } from './lab.ts';

const LIMIT_MS = 60_000;
/** Routes, what is remembered of paths, sockets, rules, processes. `expires` counts down, and netlink knows each asker. */
const STATE = `state() {
  ip -o route show table all; ip -6 -o route show table all
  ip route show cache | sed 's/expires [0-9]*sec//'; ip -6 -o route show cache | sed 's/expires [0-9]*sec//'
  ss -Htuanp | grep -v TIME-WAIT; ip rule; ps -e -o args= | grep -E 'cli/main|route-guard' | grep -v grep
}`;
const RUN = `${process.execPath} ${COMMAND} run --target server.lab.test`;
/** It measured something: the last word of a report that came to nothing would leave no trace either. */
const MEASURED =
  'grep -E "^(clear|clamped|reduced|delayed|black-hole|inconclusive) " /run/report > /dev/null || exit 1';

async function traces(scenario: string, ...words: readonly string[]): Promise<string> {
  const script = [
    STATE,
    'state > /run/before',
    ...words,
    'sleep 0.7',
    'state > /run/after',
    'diff /run/before /run/after',
  ];
  const { exitCode, output } = await lab('enter', scenario, '--', 'sh', '-c', script.join('\n'));
  expect(exitCode, output).toBe(0);
  return output;
}

describe('nothing is left behind', () => {
  it.each(['clear', 'server-not-told', 'nobody-told', 'silent', 'tcp-only', 'no-echo', 'two-ways-reverse'])(
    'by a run over IPv4: %s',
    { timeout: LIMIT_MS },
    async (scenario) => {
      await traces(scenario, `${RUN} -4 > /run/report || true`, MEASURED);
    },
  );

  it('by questions over UDP that are told, over IPv4', { timeout: LIMIT_MS }, async () => {
    await traces('quic-told', `${RUN} -4 --method udp > /run/report`, MEASURED);
  });

  it.each([4, 6])('by --flush-cache, though TCP was told, over IPv%d', { timeout: LIMIT_MS }, async (family) => {
    await traces('told', `${RUN} -${family} --flush-cache > /run/report`, MEASURED);
  });

  it.each(['INT', 'TERM', 'KILL'])('by a route of our own, ended by SIG%s', { timeout: LIMIT_MS }, async (signal) => {
    const found = await traces(
      'nothing-answers',
      `${RUN} -4 --advertise-mtu 1500 > /dev/null 2>&1 &`,
      // Until it is there: five seconds are more than a start takes on a busy machine.
      'for turn in $(seq 50); do ip route show proto 177 | grep -q advmss && break; sleep 0.1; done',
      'ip route show proto 177',
      `kill -${signal} $!; wait $! || true`,
    );
    expect(found).toContain('advmss 1460');
  });
});

describe('a route of our own', () => {
  it('needs CAP_NET_ADMIN, and says so before anything is sent', { timeout: LIMIT_MS }, async () => {
    const words = ['setpriv', '--bounding-set', '-net_admin', '--inh-caps', '-net_admin', ...RUN.split(' ')];
    const { exitCode, output } = await lab('enter', 'clear', '--', ...words, '-4', '--flush-cache');
    expect(exitCode).toBe(2);
    expect(output).toMatch(/^mtu-probe: --flush-cache needs CAP_NET_ADMIN .* 10\.0\.3\.2: run it as root\n$/);
  });
});
