import { describe, expect, it } from 'vitest';
import { treeOf } from '../../../src/layers/tree.ts';
import { article, container, corner, NODE, podContainer, process, scene, tree } from './scenes.ts';

describe('kinds', () => {
  const kind = (seen: Parameters<typeof corner>[1]): string | undefined => tree(scene(corner(9, seen)))[0]?.kind;
  const ID = 'e'.repeat(64);
  const POD = '/kubepods/burstable/pod01234567-89ab-cdef-0123-456789abcdef';

  it.each([
    ['node', { hasInit: true, containers: [podContainer('a', 'hostnetwork')] }],
    ['node', { isOwn: true }],
    ['container', { isOwn: true, containers: [container('a', 'me')] }],
    ['pod', { oldest: process(1, ['/pause'], [`${POD}/${ID}`]) }],
    ['container', { oldest: process(1, ['sh'], [`${POD}/${ID}/docker/${ID}`]) }],
    ['build', { oldest: process(1, ['sh'], [`${POD}/${ID}/docker/buildkit/yfr2v9yqj5lgsgrqx3b7d1m1h`]) }],
    ['build', { oldest: process(1, ['sh'], ['/system.slice/docker-yfr2v9yqj5lgsgrqx3b7d1m1h.scope']) }],
    ['other', { mounts: ['lab'] }],
  ] as const)('%s', (expected, seen) => {
    expect(kind(seen)).toBe(expected);
  });
});

describe('names', () => {
  it('are those of the pod, the container, its id, a mount, the oldest process, the number', () => {
    const command = process(9, ['/usr/bin/python3', '-c', 'print("two\nlines")', 'and more than forty characters']);
    const found = tree(
      scene(
        corner(1, NODE),
        corner(2, { containers: [container('a', 'sidecar'), podContainer('b', 'web')] }),
        corner(3, { containers: [container('c', null)] }),
        corner(4, { mounts: ['blue'] }),
        corner(5, { oldest: command }),
        corner(6, { oldest: null }),
      ),
    );
    expect(found.map(({ name }) => name)).toEqual([
      'node',
      'default/web',
      'cccccccccccc',
      'netns blue',
      '/usr/bin/python3 -c print("two lines")…',
      '6',
    ]);
  });

  it('are given once: what bears the same has its id or process beside it', () => {
    const found = tree(
      scene(
        corner(1, { ...NODE, isOwn: false, oldest: process(1, ['init']) }),
        corner(2, { isOwn: true, oldest: process(20, ['sh']) }),
        corner(3, { containers: [container('a', 'build')] }),
        corner(4, { containers: [container('b', 'build')] }),
        corner(5, { oldest: process(50) }),
        corner(6, { oldest: process(60) }),
      ),
    );
    expect(found.map(({ name }) => name)).toEqual([
      'node (pid 1)',
      'node',
      'build (aaaaaaaaaaaa)',
      'build (bbbbbbbbbbbb)',
      'sleep inf (pid 50)',
      'sleep inf (pid 60)',
    ]);
  });

  it.each(['pod', 'container'] as const)(
    'of the caller says so where it is in a %s without a sign of its own',
    (here) => {
      const { sight, inspections } = article();
      const namespaces = sight.namespaces.map((seen) => ({ ...seen, hasInit: false }));
      expect(treeOf({ ...sight, here, namespaces }, inspections)[0]).toMatchObject({
        name: 'here',
        kind: here,
        depth: 0,
      });
    },
  );
});
