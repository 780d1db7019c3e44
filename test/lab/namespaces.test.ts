/** What is seen of real namespaces and processes, each time in a PID namespace of its own, which takes them along. */

import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Sight } from '../../src/layers/seen.ts';
import { ended } from './lab.ts';

const LOOK = fileURLToPath(new URL('namespaces/look.mjs', import.meta.url));
const UNSHARE = ['unshare', '--net', '--mount', '--pid', '--fork', '--mount-proc', '--kill-child'];
const OWN_FILES = 'mount -t tmpfs none /run && mkdir /run/netns';
/** Waits until the last process has become what it is to be. */
const STARTED = 'until [ "$(cat /proc/$!/comm)" = sleep ]; do sleep 0.01; done';
const ONLY_OWN =
  'Only processes of this PID namespace are seen: in a container docker run --pid host, or hostPID: true in Kubernetes, shows those of the machine that its engine runs on.';

interface Seen {
  readonly looks: readonly (Sight & { readonly computedMs: number })[];
  readonly found: readonly Readonly<Record<string, unknown>>[];
  readonly joining: { readonly code: string; readonly message: string } | null;
  readonly memory: number;
}

/** @param preparation in a shell. @param look what runs `look.mjs`, which becomes process 1. */
async function seenAfter(preparation: string, look: string, ...words: readonly string[]): Promise<Seen> {
  const script = `${OWN_FILES} && ${preparation}\nexec ${look} "$0" "$@"`;
  const { exitCode, output } = await ended([...UNSHARE, 'sh', '-c', script, process.execPath, LOOK, ...words]);
  expect([exitCode, exitCode === 0 ? '' : output]).toEqual([0, '']);
  return JSON.parse(output);
}

/** Without a right, whoever runs it. */
function without(right: string): string {
  return `setpriv --bounding-set -${right} --inh-caps -${right}`;
}

describe('on a machine', () => {
  it('with 200 namespaces and 2000 processes all are seen, in a moment', async () => {
    const many = [
      'for i in $(seq 200); do ip netns add mps-$i || exit 1; done',
      'ip netns exec mps-7 sleep 600 &',
      STARTED,
      'for i in $(seq 2000); do sleep 600 & done',
    ].join('\n');
    const { looks, memory } = await seenAfter(many, '', '3');
    const [{ namespaces, unseen } = { namespaces: [], unseen: [] }] = looks;
    expect(unseen).toEqual([ONLY_OWN]);
    expect(namespaces).toHaveLength(201);
    expect(namespaces[0]).toMatchObject({ isOwn: true, processCount: 2001, oldest: { pid: 1 } });
    const names = namespaces.flatMap(({ mounts }) => mounts);
    expect(new Set(names).size).toBe(200);
    expect(namespaces.find(({ mounts }) => mounts.includes('mps-7'))).toMatchObject({
      path: '/run/netns/mps-7',
      isOwn: false,
      hasInit: false,
      representative: { words: ['sleep', '600'] },
    });
    expect(namespaces.find(({ mounts }) => mounts.includes('mps-8'))).toMatchObject({ oldest: null, processCount: 0 });
    // Of the processor: others may have it meanwhile. The first is slower, since the program is being compiled.
    expect(Math.min(...looks.map(({ computedMs }) => computedMs))).toBeLessThan(500);
    expect(memory).toBeLessThan(200 * 1024 * 1024);
  });

  it('where 200 processes with namespaces of their own come and go, the rest is seen', async () => {
    const short = 'for row in 1 2 3 4; do (for i in $(seq 50); do unshare --net sleep 0.02; done) & done';
    const { looks } = await seenAfter(short, '', '100');
    expect(looks).toHaveLength(100);
    for (const { namespaces } of looks) expect(namespaces[0]).toMatchObject({ isOwn: true });
    expect(Math.max(...looks.map(({ namespaces }) => namespaces.length))).toBeGreaterThan(1);
  });

  it('what may not be looked into is counted, and whoever runs it told how to see it', async () => {
    const others = `for i in 1 2 3; do setpriv --reuid 1000 --regid 1000 --clear-groups sleep 600 &
      ${STARTED}; done; set -- "$@" pid=$!`;
    const { looks, joining, found } = await seenAfter(others, without('sys_ptrace'), '1');
    expect(looks[0]?.namespaces).toHaveLength(1);
    expect(looks[0]?.namespaces[0]).toMatchObject({ isOwn: true, processCount: 1 });
    expect(looks[0]?.unseen[0]).toMatch(/^3 processes may not be looked into without CAP_SYS_PTRACE: run it as root/);
    expect(joining).toBeNull();
    expect(found[0]).toMatchObject({ code: 'PRIVILEGE' });
    expect(found[0]?.['message']).toMatch(
      /^--pid \d+: looking into process \d+ needs CAP_SYS_PTRACE: run it as root [^\n]*$/,
    );
  });

  it('nobody joins without the right, and one line says which', async () => {
    const { joining } = await seenAfter('true', without('sys_admin'), '0');
    expect(joining).toMatchObject({ code: 'PRIVILEGE' });
    expect(joining?.message).toMatch(/^joining another network namespace needs CAP_SYS_ADMIN: run it as root [^\n]*$/);
  });
});

describe('a place', () => {
  it('is found by its name, its path, or a process in it; a pipe holds nobody up', async () => {
    const made = [
      // Node warns when certificates that it is to trust are not in /etc any more.
      'unset NODE_EXTRA_CA_CERTS && mount -t tmpfs none /etc && mkdir -p /etc/netns/mps-a',
      'ip netns add mps-a && ip netns add mps-b',
      'mkfifo /run/netns/pipe',
      'ip netns exec mps-a sleep 600 &',
      STARTED,
      'set -- "$@" pid=$! netns=/proc/$!/ns/net',
    ].join('\n');
    const places = ['netns=mps-a', 'netns=/run/netns/mps-b', 'netns=pipe', 'netns=mps-c'];
    const { looks, found } = await seenAfter(made, '', '1', ...places);
    const [byName, byPath, pipe, none, byProcess, byLink] = found;
    const inodeOf = (name: string) => looks[0]?.namespaces.find(({ mounts }) => mounts.includes(name))?.netns;
    const inside = { inode: inodeOf('mps-a'), pid: expect.any(Number), root: expect.any(Number) };
    expect(byName).toMatchObject({ ...inside, etc: '/etc/netns/mps-a', name: 'mps-a' });
    expect(byPath).toMatchObject({ inode: inodeOf('mps-b'), pid: null, root: null, etc: null });
    expect(byProcess).toMatchObject({ ...inside, etc: null });
    expect(byLink).toMatchObject(inside);
    expect(pipe).toMatchObject({ code: 'USAGE' });
    expect(pipe?.['message']).toBe(
      '--netns pipe: /run/netns/pipe is no network namespace: give one such as /run/netns/NAME or /proc/PID/ns/net',
    );
    expect(none?.['message']).toMatch(/^--netns mps-c: ip netns has no such name \(did you mean mps-[ab]\?\)/);
  });
});
