import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseMounts, typesAbove } from '../../../../src/net/namespaces/mounts.ts';
import { pathIn } from '../../../../src/net/namespaces/roots.ts';
import { fakeRoot } from '../fake-root.ts';
import { link } from './fake-machine.ts';

const MOUNTS = parseMounts(
  [
    '21 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw',
    '22 21 0:5 / /run rw - tmpfs tmpfs rw',
    '23 22 0:6 / /run/user\\0401 rw - fuse.sshfs sshfs rw',
    '24 22 0:4 net:[4026532281] /run/docker/netns/x rw shared:2 master:1 - nsfs nsfs rw',
    'nonsense',
    '',
  ].join('\n'),
);

describe('the list of mounts', () => {
  it('tells what is mounted where', () => {
    expect(MOUNTS).toHaveLength(4);
    expect(MOUNTS[3]).toEqual({ place: '/run/docker/netns/x', type: 'nsfs', source: 'net:[4026532281]' });
  });

  it.each([
    ['/etc/passwd', ['ext4']],
    ['/run/docker.sock', ['ext4', 'tmpfs']],
    ['/running', ['ext4']],
    ['/run/user 1/x', ['ext4', 'tmpfs', 'fuse.sshfs']],
  ])('%s lies on or below %s', (path, types) => {
    expect(typesAbove(MOUNTS, path)).toEqual(types);
  });
});

describe('a path in the tree of another process', () => {
  function tree() {
    const root = fakeRoot({ '/run/docker.sock': '', '/etc/hosts': '', '/run/user 1/x': '' });
    link(root, '/var/run', '/run');
    link(root, '/relative', '../../../etc');
    link(root, '/loop', '/loop');
    link(root, '/out', '/../../../../etc');
    link(root, '/to-fuse', '/run/user 1');
    return root;
  }

  it.each([
    ['/var/run/docker.sock', '/run/docker.sock'],
    ['/run//./docker.sock', '/run/docker.sock'],
    ['/relative/hosts', '/etc/hosts'],
    ['/out/hosts', '/etc/hosts'],
    ['/../../etc/hosts', '/etc/hosts'],
  ])('%s is %s in there', (path, expected) => {
    const root = tree();
    expect(pathIn({ path: root, mounts: MOUNTS }, path)).toBe(join(root, expected));
  });

  it.each(['/loop/x', '/nowhere', '/etc/hosts/x', '/to-fuse/x', '/run/user 1/x', `/${'x'.repeat(300)}`])(
    '%s is none',
    (path) => {
      expect(pathIn({ path: tree(), mounts: MOUNTS }, path)).toBeNull();
    },
  );

  it.each([
    ['nothing is known to be mounted, as in a folder of some file system', ''],
    [
      'the root is on one in user space, whatever is mounted below',
      '1 0 0:6 / / rw - fuse x rw\n2 1 0:5 / /run rw - tmpfs x rw',
    ],
    [
      'one in user space was moved over something newer',
      '9 1 8:1 / / rw - ext4 x rw\n2 1 0:6 / /run rw - fuse x rw\n3 1 0:5 / /run rw - tmpfs x rw',
    ],
  ])('is none where %s', (_, list) => {
    expect(pathIn({ path: tree(), mounts: parseMounts(list) }, '/run/docker.sock')).toBeNull();
  });
});
