/** Hundreds of namespaces, by one process. */

import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Inspection, InspectionAnswer } from '../../../src/layers/seen.ts';
import { onOwnMachine } from './own-machine.ts';
import { SCENE } from './scene.ts';

const WALK = `${process.execPath} ${fileURLToPath(new URL('walk.mjs', import.meta.url))}`;
const COUNT = 200;
/** Several times what it takes on two busy cores. */
const BOUND_MS = 10_000;

interface Said {
  readonly ms: number;
  readonly own: string;
  readonly left: string;
  readonly answers: readonly (readonly [netns: string, answer: InspectionAnswer])[];
}

function walk(script: string): Said {
  return JSON.parse(onOwnMachine(script).trim().split('\n').at(-1) ?? '');
}

function inspected(answer: InspectionAnswer | undefined): Inspection {
  if (answer?.kind !== 'inspected') throw new TypeError(answer?.reason ?? 'no answer');
  return answer.inspection;
}

describe('two hundred containers on a bridge', () => {
  it('are each looked at, and those that are gone or are no network say so', { timeout: 120_000 }, () => {
    const { ms, own, left, answers } = walk(`
      ip link add br0 type bridge
      ip link set br0 up
      for i in $(seq ${COUNT}); do
        ip netns add mpk$i
        ip link add v$i mtu 1450 type veth peer name eth0 mtu $((1000 + i)) netns mpk$i
        echo "link set v$i master br0 up" >> /run/root
        echo "link set eth0 up
              address add 10.9.0.$i/24 dev eth0
              route add default via 10.9.0.254" > /run/inside
        ip -n mpk$i -batch /run/inside
      done
      ip -batch /run/root
      uts=$(stat -Lc %i /proc/self/ns/uts)
      ${WALK} 'net:[1]=/run/netns/none' 'net:[2]=/proc/999999/ns/net' 'net:[3]=/run/netns/mpk7' "net:[$uts]=/proc/self/ns/uts"`);
    process.stdout.write(`${COUNT + 1} namespaces: ${ms} ms\n`);
    expect(ms).toBeLessThan(BOUND_MS);
    expect(left).toBe('');
    expect(answers).toHaveLength(COUNT + 5);

    const gone = answers.flatMap(([netns, answer]) => (answer.kind === 'gone' ? [[netns, answer.reason]] : []));
    expect(gone).toEqual([
      ['net:[1]', 'it ended meanwhile'],
      ['net:[2]', 'it ended meanwhile'],
      ['net:[3]', 'it ended meanwhile'],
      [expect.stringMatching(/^net:\[\d+\]$/), 'it is no network namespace (EINVAL)'],
    ]);

    const all = new Map(answers);
    const root = inspected(all.get(own));
    const bridge = root.interfaces.find(({ name }) => name === 'br0');
    const ports = root.interfaces.filter(({ kind }) => kind === 'veth');
    expect(ports).toHaveLength(COUNT);
    for (const port of ports) {
      const number = Number(port.name.slice(1));
      expect(port).toMatchObject({ mtu: 1450, master: bridge?.index });
      const inner = inspected(all.get(port.link?.netns ?? ''));
      expect(inner.interfaces.find(({ name }) => name === 'eth0')).toMatchObject({
        index: port.link?.index,
        mtu: 1000 + number,
        kind: 'veth',
        link: { index: port.index, netns: own },
      });
      expect(inner.routes.find(({ to }) => to === 'default')).toMatchObject({ via: '10.9.0.254' });
    }
  });
});

describe('the walker', () => {
  it('sends nothing', () => {
    const sent = 'for n in mpkin mpkout mpkfar; do ip netns exec $n grep ^Ip: /proc/net/snmp; done';
    const said = onOwnMachine(`${SCENE}
      ${sent}
      ${WALK} > /dev/null
      ${sent}`);
    const lines = said.trim().split('\n');
    expect(lines).toHaveLength(12);
    // InReceives and OutRequests of the scene itself, so that the comparison is of something.
    expect(lines[1]?.split(' ').some((number) => Number(number) > 10)).toBe(true);
    expect(lines.slice(6)).toEqual(lines.slice(0, 6));
  });

  it('needs no right for the own namespace, and says which it may not join', () => {
    const { own, answers } = walk(`
      ip netns add mpk
      setpriv --bounding-set -sys_admin --inh-caps -sys_admin ${WALK}`);
    const all = new Map(answers);
    expect(inspected(all.get(own)).interfaces.map(({ name }) => name)).toEqual(['lo']);
    expect([...all.values()].filter(({ kind }) => kind === 'gone')).toEqual([
      { kind: 'gone', reason: 'it may not be joined (EPERM)' },
    ]);
  });

  it.each([
    ['stopped', 'there was no answer from it within 0.3 s'],
    ['aborted', 'it was left out'],
  ])('is killed when it is %s, and what is missing says why', (word, reason) => {
    const { left, answers } = walk(`
      ip netns add mpk
      ${WALK} ${word}`);
    expect(answers.map(([, answer]) => answer)).toEqual([
      { kind: 'gone', reason },
      { kind: 'gone', reason },
    ]);
    expect(left).toBe('');
  });
});
