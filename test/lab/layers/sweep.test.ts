/** A sweep where things come, go, are many, may not be read, or are not to be touched. */

import { describe, expect, it } from 'vitest';
import { document } from '../../unit/docs/documents.ts';
import { LAYERS, LIMIT_MS, onNode, PROBE, parsed, reportOf, summary } from './on-node.ts';

const NO_ROUTE = 'no route leads out of it';
/** Packets that a layer has sent over IPv4 (OutRequests): over IPv6 its kernel greets neighbours by itself. */
const SENT = `sent() { nsenter --net=/run/netns/$1 awk '/^Ip: [0-9]/ { print "sent", $11 }' /proc/net/snmp; }`;
/** Routes, what is remembered of paths, and sockets, in every namespace. `expires` counts down. */
const STATE = `state() {
  for name in build pod k8s-worker-1; do
    ip -n $name -o route show table all; ip -n $name -6 -o route show table all
    ip -n $name route show cache | sed 's/expires [0-9]*sec//'; ip -n $name -6 -o route show cache
    nsenter --net=/run/netns/$name ss -Htuanp | grep -v TIME-WAIT; ip -n $name -o link | sed 's/state.*//'
  done
  ps -e -o args= | grep -E 'cli/main|walker|launcher|route-guard' | grep -v grep; true
}`;

describe('a sweep', () => {
  it('leaves nothing behind in any layer', { timeout: LIMIT_MS }, async () => {
    const { exitCode, output } = await onNode(
      'dind',
      STATE,
      'state > /run/before',
      `${PROBE} ${LAYERS} > /run/report; test $? = 1 || exit 1`,
      'state > /run/after',
      'diff /run/before /run/after',
    );
    expect(exitCode, output).toBe(0);
  });

  it('leaves what TCP was told for ten minutes, as any connection does, and nothing else', {
    timeout: LIMIT_MS,
  }, async () => {
    const { output } = await onNode(
      'dind-told',
      STATE,
      'state > /run/before',
      `${PROBE} ${LAYERS} > /run/report`,
      'state > /run/after',
      'diff /run/before /run/after | grep "^[<>]"',
    );
    expect(output).toMatch(/^> 198\.51\.100\.70 via 172\.17\.0\.1 dev eth0 *\n> +cache {2}mtu 1450 *\n$/);
  });

  it.each([
    ['--exclude', "--exclude '*build*'", 'left out by --exclude *build*'],
    [
      '--only',
      "--only '*pod' --only $(stat -L -c %i /proc/self/ns/net)",
      expect.stringMatching(/^not among --only \*pod, \d+$/),
    ],
  ])('sends nothing from a layer that %s leaves out', { timeout: LIMIT_MS }, async (_, choice, reason) => {
    const { output } = await onNode(
      'dind',
      SENT,
      'sent build > /run/before',
      `${PROBE} ${LAYERS} ${choice} --format json`,
      'sent build > /run/after; grep -q "^sent [0-9]" /run/before && cmp /run/before /run/after || echo it sent something',
    );
    expect(summary(parsed(output))).toEqual([
      ['node', 0, 'clear', 1500],
      ['netns pod', 1, 'clear', 1450],
      ['netns build', 2, reason, null],
    ]);
  });

  it('knows a layer by the namespace, and refuses a pattern that means nothing', { timeout: LIMIT_MS }, async () => {
    const found = await reportOf('dind', `${LAYERS} --only $(stat -L -c %i /run/netns/build)`);
    expect(summary(found).map(([, , verdict]) => verdict)).toEqual([
      expect.stringContaining('not among --only'),
      expect.stringContaining('not among --only'),
      'black-hole',
    ]);
    const { exitCode, output } = await onNode('dind', `${PROBE} ${LAYERS} --only nothing`);
    expect([exitCode, output]).toEqual([
      2,
      'mtu-probe: --only nothing matches no layer: mtu-probe inspect --all names them\n',
    ]);
  });

  it('says of two hundred namespaces what each is, in bounded time and memory', { timeout: LIMIT_MS }, async () => {
    const { output } = await onNode(
      'crowd',
      'start=$(date +%s)',
      `${PROBE} ${LAYERS} --all --format json 2> /run/stderr &`,
      'pid=$!; most=0',
      'while rss=$(awk "/VmRSS/ { print \\$2 }" /proc/$pid/status 2> /dev/null) && [ -n "$rss" ]; do',
      '  [ "$rss" -gt "$most" ] && most=$rss; sleep 0.2',
      'done',
      'echo; echo "took $(($(date +%s) - start)) s, $most KiB"; cat /run/stderr',
    );
    const [report = '', rest = ''] = output.split(/\n(?=took )/);
    const found = summary(parsed(report));
    expect(found.filter(([name]) => String(name).startsWith('netns lonely'))).toHaveLength(188);
    expect(found.filter(([name, , why]) => String(name).startsWith('netns lonely') && why !== NO_ROUTE)).toEqual([]);
    expect(found.filter(([name]) => /^netns job\d+$/.test(String(name))).map(([, , verdict]) => verdict)).toEqual(
      Array.from({ length: 12 }, () => 'clear'),
    );
    const [, seconds, kilobytes] = /took (\d+) s, (\d+) KiB/.exec(rest)?.map(Number) ?? [];
    expect(seconds, rest).toBeLessThan(90);
    expect(kilobytes, rest).toBeGreaterThan(10_000);
    expect(kilobytes, rest).toBeLessThan(250_000);
  });

  it('shows on a terminal how far it has come', { timeout: LIMIT_MS }, async () => {
    const { output } = await onNode(
      'four-deep',
      `script --quiet --return --command '${PROBE} ${LAYERS} --format json > /run/report' /run/screen > /run/typed`,
      "grep -ao '[0-9] of 5 layers measured; now [a-z ]*' /run/screen",
    );
    expect(
      output
        .trim()
        .split('\n')
        .map((line) => line.replace(/now (netns )?.*/, 'now …')),
    ).toEqual([0, 1, 2, 3, 4].map((done) => `${done} of 5 layers measured; now …`));
  });

  it('goes on while namespaces come and go', { timeout: LIMIT_MS }, async () => {
    const found = await reportOf(
      'dind',
      `${LAYERS} --all`,
      '(for turn in $(seq 60); do unshare --net sleep 0.1 & sleep 0.05; done; wait) > /dev/null 2>&1 &',
    );
    const known = ['node', 'netns pod', 'netns build'];
    expect(summary(found).filter(([name]) => known.includes(String(name)))).toEqual([
      // What is around the outermost of all cannot be seen here.
      ['node', null, 'clear', 1500],
      ['netns pod', null, 'clear', 1450],
      ['netns build', null, 'black-hole', 1450],
    ]);
    expect(found.verdict).toBe('black-hole');
  });

  it('says how many processes it may not look into, and sees the rest', { timeout: LIMIT_MS }, async () => {
    const { output } = await onNode(
      'dind',
      'setpriv --reuid 65534 --regid 65534 --clear-groups unshare --user --net sleep 60 &',
      'until [ "$(cat /proc/$!/comm)" = sleep ]; do sleep 0.01; done',
      `setpriv --bounding-set -sys_ptrace --inh-caps -sys_ptrace ${PROBE} ${LAYERS} --format json`,
    );
    const found = parsed(output);
    expect(summary(found)).toHaveLength(3);
    expect(found.verdict).toBe('black-hole');
    expect(found.unseen[0]).toMatch(
      /^\d+ processes may not be looked into without CAP_SYS_PTRACE: .*--cap-add SYS_PTRACE/,
    );
  });

  it('ends at Ctrl-C with what is measured', { timeout: LIMIT_MS }, async () => {
    const { output } = await onNode(
      'dind',
      `${PROBE} ${LAYERS} --at-once 1 --format json 2> /dev/null > /run/report & pid=$!`,
      // The first of three is done when the second process of a measurement is there.
      'until ps -e -o args= | grep -q "^[^ ]*node [^ ]*cli/main.js run"; do sleep 0.02; done',
      'kill -INT $pid; wait $pid; echo "exit $?"; cat /run/report; ps -e -o args= | grep -c "^[^ ]*node [^ ]*cli/main.js"',
    );
    expect(output).toMatch(/^exit [013]\n\{/);
    expect(output).toMatch(/\}\n0\n$/);
    expect(output).toContain('interrupted');
  });

  it.each([
    ['layers', LAYERS],
    ['run --netns', 'run --target rubygems.org --netns build'],
  ])('takes a right that it names in one line: %s', { timeout: LIMIT_MS }, async (_, command) => {
    const nobody = 'setpriv --reuid 65534 --regid 65534 --clear-groups';
    const { exitCode, output } = await onNode('dind', SENT, `${nobody} ${PROBE} ${command}`);
    expect(exitCode).toBe(2);
    expect(output).toMatch(/^mtu-probe: .*CAP_SYS_ADMIN.*docker run .*kubectl debug .*\n$/);
  });

  it('needs no other right than the overlay for a cluster has', { timeout: LIMIT_MS }, async () => {
    const overlay = document('deploy/kubernetes/overlays/layers/agents.yaml');
    const [, added = ''] = /^ +add: \[(.*)\]$/m.exec(overlay) ?? [];
    const rights = ['-all', ...added.split(', ').map((name) => `+${name.toLowerCase()}`)].join();
    const found = await onNode(
      'dind',
      `setpriv --bounding-set ${rights} --inh-caps -all ${PROBE} ${LAYERS} --format json 2> /run/stderr`,
    );
    expect(summary(parsed(found.output))).toEqual([
      ['node', 0, 'clear', 1500],
      ['netns pod', 1, 'clear', 1450],
      ['netns build', 2, 'black-hole', 1450],
    ]);
  });

  it('measures outer layers first, also where nobody knows what is around the outermost', {
    timeout: LIMIT_MS,
  }, async () => {
    const { layers } = await reportOf('dind-told', `${LAYERS} --all --at-once 16`);
    for (const { name, parent, report } of layers) {
      const around = layers.find(({ netns }) => netns === parent)?.report ?? null;
      if (report === null || around === null) continue;
      const ended = Date.parse(around.startedAt) + around.durationMs;
      // Both are times of day in whole milliseconds.
      expect(Date.parse(report.startedAt), name).toBeGreaterThanOrEqual(ended - 1);
    }
    expect(layers.filter(({ report }) => report !== null).length).toBeGreaterThan(3);
  });

  it('shows nobody what is configured in its own network, without any right', { timeout: LIMIT_MS }, async () => {
    const nobody = 'setpriv --reuid 65534 --regid 65534 --clear-groups';
    const { exitCode, output } = await onNode('dind', `${nobody} ${PROBE} inspect --format json`);
    expect(exitCode).toBe(0);
    const { layers, unseen } = parsed(output);
    expect(layers.map(({ egress }) => egress)).toEqual(['ens18']);
    expect(unseen[0]).toMatch(/^Only the network of this process is shown: .*CAP_SYS_ADMIN/);
  });
});
