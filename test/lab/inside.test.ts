/** A run that measures from inside another namespace, seen from the node around it. */

import { describe, expect, it } from 'vitest';
import type { PathReport, Report } from '../../src/contract.ts';
import { BUILD, LIMIT_MS, NO_ADMIN, onNode, RUN, reports } from './inside/on-node.ts';

/** Without what differs from run to run. */
function told(report: Report | undefined): unknown {
  const { environments, verdict, skipped, paths } = report as Report;
  const of = ({ target, address, verdict, egress, forward, reverse, mss, findings }: PathReport) => {
    // Where packets end is looked for once, and found where the answers come in time.
    return { target, address, verdict, egress, forward: { ...forward, hop: null }, reverse, mss, findings };
  };
  return { environments, verdict, skipped, paths: paths.map(of) };
}

describe('a run from another namespace', () => {
  const words = `${RUN} --target rubygems.org -4 --format json`;
  const forget = `${BUILD} ip route flush cache`;

  it('says what a run in there says', { timeout: LIMIT_MS }, async () => {
    const [inside, byPath, byPid] = await reports(
      `${BUILD} sleep 600 & JOB=$!`,
      `${BUILD} ${words}; ${forget}`,
      `${words} --netns /run/netns/build; ${forget}`,
      `${words} --pid $JOB; ${forget}`,
    );
    expect(inside?.paths[0]).toMatchObject({
      verdict: 'black-hole',
      egress: { interface: 'eth0', address: '172.17.0.2', mtu: 1500 },
      reverse: { pathMtu: 1450, behaviour: 'silent', exact: true },
    });
    expect(told(byPath)).toEqual(told(inside));
    expect(told(byPid)).toEqual(told(inside));
  });

  it('takes no right over the network that it is in already', { timeout: LIMIT_MS }, async () => {
    const [here] = await reports(`unshare --user --map-root-user sh -c '${words} --pid $$'`);
    expect(here?.paths[0]).toMatchObject({ verdict: 'clear', reverse: { pathMtu: 1500 } });
  });

  it('has the exit code of a run, takes targets from standard input, and is one process', {
    timeout: LIMIT_MS,
  }, async () => {
    const output = await onNode(
      `echo rubygems.org | ${RUN} --targets - -4 --netns /run/netns/build --quiet > /run/report; echo "exit $?"`,
      'head -1 /run/report',
      `${RUN} --target rubygems.org -4 --netns=/run/netns/server --output /run/other; echo "exit $?"; head -1 /run/other`,
      'left',
    );
    expect(output).toBe(
      'exit 1\nblack-hole  rubygems.org (198.51.100.70, port 443)\nexit 0\nclear  rubygems.org (198.51.100.70)\n',
    );
  });

  it('is inside with every thread, under the number that it was started with', { timeout: LIMIT_MS }, async () => {
    const output = await onNode(
      'HOME_NET=$(readlink /proc/self/ns/net)',
      `${words} --netns /run/netns/build --advertise-mtu 1500 --wait-recovery 60 > /run/report & RUN=$!`,
      // Before it joins; the shell has hardly forked by now.
      'test "$(readlink /proc/$RUN/ns/net)" = "$HOME_NET" && echo outside',
      'until_so \'test "$(readlink /proc/$RUN/ns/net)" != "$HOME_NET" && test $(ls /proc/$RUN/task | wc -l) -gt 10\'',
      'for task in /proc/$RUN/task/*; do readlink $task/ns/net; done | sort | uniq > /run/networks',
      `test "$(cat /run/networks)" = "net:[$(ls -i /run/netns/build | cut -d' ' -f1)]" && echo inside`,
      // What takes signals makes the route after.
      `until_so '${BUILD} ip route show proto 177 | grep -q advmss'`,
      'tr "\\0" " " < /proc/$RUN/cmdline | grep -c netns',
      'kill -TERM $RUN; wait $RUN; echo "exit $?"',
      'grep -q schemaVersion /run/report && echo reported',
      'left',
    );
    // How much was proved by then depends on the machine.
    expect(output).toMatch(/^outside\ninside\n0\nexit [13]\nreported\n$/);
  });

  it.each(['INT', 'TERM', 'KILL'])(
    'leaves nothing behind when SIG%s ends it',
    { timeout: LIMIT_MS },
    async (signal) => {
      const output = await onNode(
        `${words} --netns /run/netns/build --advertise-mtu 1500 --wait-recovery 60 > /dev/null 2>&1 & RUN=$!`,
        `until_so '${BUILD} ip route show proto 177 | grep -q advmss'`,
        `ip route show proto 177; kill -${signal} $RUN; wait $RUN; left`,
      );
      expect(output.replace(/^Killed\n/, '')).toBe('');
    },
  );

  it('takes a right, and says which before anything is sent', { timeout: LIMIT_MS }, async () => {
    const output = await onNode(
      `${NO_ADMIN} ${words} --netns /run/netns/build; echo "exit $?"`,
      `${RUN} --target a --pid 99999; echo "exit $?"`,
      `${RUN} --target a --netns /etc/hosts; echo "exit $?"`,
      `${RUN} --target a --netns /proc/self/ns/mnt; echo "exit $?"`,
      `MTU_PROBE_PLACE='{"inode":"net:[1]"}' ${RUN} --target a; echo "exit $?"`,
      `MTU_PROBE_PLACE='{}' ${RUN} --target a --pid 1; echo "exit $?"`,
    );
    const lines = output.trim().split('\n');
    expect(lines.filter((_, number) => number % 2 === 1)).toEqual(Array(6).fill('exit 2'));
    expect(lines.filter((_, number) => number % 2 === 0)).toEqual([
      expect.stringMatching(/^mtu-probe: joining another network namespace needs CAP_SYS_ADMIN: /),
      'mtu-probe: --pid 99999: there is no process 99999',
      expect.stringMatching(/^mtu-probe: --netns \/etc\/hosts: \/etc\/hosts is no network namespace/),
      expect.stringMatching(/^mtu-probe: --netns \/proc\/self\/ns\/mnt: .* is no network namespace/),
      expect.stringMatching(/^mtu-probe: MTU_PROBE_PLACE is not what this program wrote: unset it/),
      'mtu-probe: MTU_PROBE_PLACE and --pid both say where to measure: unset MTU_PROBE_PLACE',
    ]);
  });
});
