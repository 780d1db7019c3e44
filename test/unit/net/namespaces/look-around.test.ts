import { rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { lookAround } from '../../../../src/net/namespaces/look-around.ts';
import { type FakeProcess, fakeMachine, KERNEL_THREAD, KTHREADD } from './fake-machine.ts';

const ID = 'a1'.repeat(32);
const INNER = 'b2'.repeat(32);
const UID = '33d556ed-d3ae-4ef2-9180-48cef77ae8b1';
const NOBODY = { name: null, pod: null, containerOfPod: null };
const ROOT = '1 0 8:1 / / rw - ext4 /dev/sda rw\n';
const SELF: Readonly<Record<string, FakeProcess>> = { self: { net: 1 }, 5: { net: 1, startedAt: 900 } };

function look(root: string, environment: Readonly<Record<string, string>> = {}) {
  return lookAround(new AbortController().signal, { root, environment });
}

async function namespacesOf(...machine: Parameters<typeof fakeMachine>) {
  return (await look(fakeMachine(...machine))).namespaces;
}

describe('a namespace', () => {
  it('is one for all processes that are in it, with the oldest of them', async () => {
    const root = fakeMachine({
      ...SELF,
      1: { net: 1, startedAt: 2, cmdline: '/sbin/init\0splash\0' },
      ...KTHREADD,
      30: { net: 7, startedAt: 500 },
      31: { net: 7, startedAt: 400, cgroup: `12:pids:/docker/${ID}\n0::/with:colon\n`, cmdline: 'sleep\x003000\0' },
    });
    const { namespaces, unseen } = await look(root);
    expect(unseen).toEqual([]);
    expect(namespaces).toEqual([
      expect.objectContaining({ netns: 'net:[1]', isOwn: true, hasInit: true, processCount: 2 }),
      {
        netns: 'net:[7]',
        path: `${root}/proc/31/ns/net`,
        isOwn: false,
        hasInit: false,
        mounts: [],
        processCount: 2,
        oldest: {
          pid: 31,
          startedAt: 400,
          cgroups: [`/docker/${ID}`, '/with:colon'],
          words: ['sleep', '3000'],
          capabilities: 0x3000n,
        },
        representative: expect.objectContaining({ pid: 31 }),
        containers: [{ id: ID, ...NOBODY }],
      },
    ]);
  });

  it('is represented by the oldest that is no pause, and named after both', async () => {
    const group = (id: string) => `0::/kubepods/pod${UID}/${id}\n`;
    const [, pod] = await namespacesOf({
      ...SELF,
      50: { net: 7, startedAt: 10, comm: 'pause', cgroup: group(ID) },
      51: { net: 7, startedAt: 30, cgroup: group(INNER) },
      52: { net: 7, startedAt: 40, cgroup: group(INNER) },
    });
    expect(pod).toMatchObject({ oldest: { pid: 50 }, representative: { pid: 51 } });
    expect(pod?.containers.map(({ id }) => id)).toEqual([ID, INNER]);
    expect((await namespacesOf({ ...SELF, 50: { net: 7, comm: 'pause' } }))[1]?.representative).toBeNull();
  });

  it('that only mounts keep has their names, here and where an engine is', async () => {
    const mount = (place: string, ino: number, type = 'nsfs') =>
      `236 235 0:4 net:[${ino}] ${place} rw shared:17 - ${type} nsfs rw\n`;
    const root = fakeMachine(
      {
        ...SELF,
        self: {
          net: 1,
          mountinfo: `${ROOT}${mount('/run/netns/a\\040b', 8)}${mount('/run/netns/a\\040b', 8)}`,
        },
        60: {
          net: 7,
          comm: 'dockerd',
          mnt: 2,
          root: '/inner',
          mountinfo: `${ROOT}${mount('/run/docker/netns/abc', 9)}${mount('/x', 10, 'ext4')}`,
        },
        61: { net: 7, comm: 'containerd', mnt: 2, startedAt: 101 },
      },
      { '/inner/run/docker/netns/abc': '' },
      { '/run/netns/linked': '/proc/60/ns/net', '/run/netns/stray': '/etc/passwd' },
    );
    const { namespaces } = await look(root);
    expect(namespaces.map(({ netns, mounts, path }) => [netns, mounts, path.slice(root.length)])).toEqual([
      ['net:[1]', [], '/proc/5/ns/net'],
      ['net:[7]', ['linked'], '/run/netns/linked'],
      ['net:[8]', ['a b'], '/run/netns/a b'],
      ['net:[9]', ['abc'], '/proc/60/root/run/docker/netns/abc'],
    ]);
    expect(namespaces[2]).toMatchObject({ oldest: null, representative: null, processCount: 0 });
  });

  it('is not looked for behind a link, or on a file system in user space, that whoever has an engine laid over it', async () => {
    const mount = (place: string, ino: number) => `9 1 0:4 net:[${ino}] ${place} rw - nsfs nsfs rw\n`;
    const namespaces = await namespacesOf(
      {
        ...SELF,
        60: {
          net: 7,
          comm: 'dockerd',
          mnt: 2,
          root: '/inner',
          mountinfo: `${ROOT}${mount('/link/a', 8)}${mount('/slow/b', 9)}8 1 0:5 / /slow rw - fuse.sshfs x rw\n${mount('/run/c', 10)}`,
        },
      },
      { '/inner/real/a': '', '/inner/slow/b': '', '/inner/run/c': '' },
      { '/inner/link': '/real' },
    );
    expect(namespaces.map(({ netns }) => netns)).toEqual(['net:[1]', 'net:[7]', 'net:[10]']);
  });
});

describe('the scan', () => {
  it('reads a name that looks like the rest of the line', async () => {
    const [, seen] = await namespacesOf({ ...SELF, 70: { net: 7, comm: 'a) R 1 (b', startedAt: 77 } });
    expect(seen?.oldest).toMatchObject({ pid: 70, startedAt: 77 });
  });

  it('leaves out zombies, threads of the kernel, and what is no process', async () => {
    const machine = { ...SELF, ...KTHREADD, 80: { net: null, state: 'Z' }, 81: { net: 7, flags: KERNEL_THREAD } };
    const namespaces = await namespacesOf(machine, { '/proc/meminfo': '', '/proc/0/stat': '', '/proc/90/stat': 'x' });
    expect(namespaces.map(({ netns, processCount }) => [netns, processCount])).toEqual([['net:[1]', 1]]);
  });

  it('takes the next process when one has ended meanwhile', async () => {
    const root = fakeMachine({ ...SELF, 85: { net: 7, startedAt: 1 }, 86: { net: 7, startedAt: 2 } });
    rmSync(`${root}/proc/85/cgroup`);
    expect((await look(root)).namespaces[1]).toMatchObject({ processCount: 2, oldest: { pid: 86 } });
    rmSync(`${root}/proc/86/cgroup`);
    expect((await look(root)).namespaces).toHaveLength(1);
  });

  it('reads the beginning of what is long', async () => {
    const [, seen] = await namespacesOf({
      ...SELF,
      87: { net: 7, cmdline: 'x\0'.repeat(100_000), cgroup: '0::/a\n'.repeat(100_000), status: 'Name:\tx\n' },
    });
    expect(seen?.oldest?.words).toHaveLength(2048);
    expect(seen?.oldest?.cgroups.length).toBeLessThan(2800);
    expect(seen?.oldest?.capabilities).toBeNull();
  });

  it('says that a container sees its own processes only', async () => {
    const { namespaces, unseen } = await look(fakeMachine({ ...SELF, 1: { net: 1 }, 2: { net: 1, comm: 'kthreadd' } }));
    expect(namespaces[0]?.hasInit).toBe(true);
    expect(unseen).toEqual([
      'Only processes of this PID namespace are seen: in a container docker run --pid host, or hostPID: true in Kubernetes, shows those of the machine that its engine runs on.',
    ]);
  });

  it.each([
    ['container', '/.dockerenv', false],
    ['container', '/run/.containerenv', false],
    ['pod', '/var/run/secrets/kubernetes.io/serviceaccount/namespace', false],
    ['machine', '/etc/hostname', true],
  ])('takes its first process for that of a machine, but in a container: %s', async (here, file, hasInit) => {
    const sight = await look(fakeMachine({ ...SELF, 1: { net: 1 } }, { [file]: '' }));
    expect([sight.here, sight.namespaces[0]?.hasInit]).toEqual([here, hasInit]);
  });

  it('is on the machine, whatever it runs in, where it sees all of it', async () => {
    const { here } = await look(fakeMachine({ ...SELF, 1: { net: 1 }, ...KTHREADD }, { '/.dockerenv': '' }));
    expect(here).toBe('machine');
  });

  it('asks for /proc where that shows nothing', async () => {
    const root = fakeMachine({});
    await expect(look(root)).rejects.toMatchObject({
      code: 'ENVIRONMENT',
      message: `${root}/proc does not show this process: mount it first (mount -t proc proc ${root}/proc)`,
    });
  });

  it('ends when it is told to', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(lookAround(signal, { root: fakeMachine(SELF), environment: {} })).rejects.toThrow('enough');
  });
});

describe('a pod', () => {
  const IN_POD = {
    net: 7,
    cgroup: `0::/kubepods.slice/kubepods-pod${UID.replaceAll('-', '_')}.slice/cri-containerd-${ID}.scope\n`,
  };
  const bundle = `io.containerd.runtime.v2.task/k8s.io/${ID}/config.json`;
  const CRI = {
    annotations: {
      'io.kubernetes.cri.sandbox-name': 'web-0',
      'io.kubernetes.cri.sandbox-namespace': 'shop',
      'io.kubernetes.cri.container-name': 'app',
    },
  };
  const CRIO = {
    annotations: {
      'io.kubernetes.cri-o.Labels': JSON.stringify({
        'io.kubernetes.pod.name': 'web-0',
        'io.kubernetes.pod.namespace': 'shop',
        'io.kubernetes.container.name': 'POD',
      }),
    },
  };
  const pod = { namespace: 'shop', name: 'web-0' };

  it.each([
    [`/run/containerd/${bundle}`, JSON.stringify(CRI), { pod, containerOfPod: 'app' }],
    [`/run/k3s/containerd/${bundle}`, JSON.stringify(CRI), { pod, containerOfPod: 'app' }],
    [
      `/run/containers/storage/overlay-containers/${ID}/userdata/config.json`,
      JSON.stringify(CRIO),
      { pod, containerOfPod: null },
    ],
    [`/var/log/pods/shop_web-0_${UID}/app/0.log`, '', { pod, containerOfPod: null }],
    [`/run/containerd/${bundle}`, '{"annotations":{"io.kubernetes.cri.sandbox-name":7}}', NOBODY],
    [`/run/containerd/${bundle}`, '{"annotations":', NOBODY],
    [`/run/containerd/${bundle}`, `{"annotations":{},"x":"${'x'.repeat(2_000_000)}"}`, NOBODY],
    [`/var/log/pods/shop_web-0_${UID.replace('3', '4')}/0.log`, '', NOBODY],
  ])('by %s', async (path, text, expected) => {
    const [, seen] = await namespacesOf({ ...SELF, 30: IN_POD }, { [path]: text });
    expect(seen?.containers).toEqual([{ id: ID, name: null, ...expected }]);
  });

  it('by a file of the machine around this container', async () => {
    const [, seen] = await namespacesOf(
      {
        ...SELF,
        1: { net: 1, mnt: 5, root: '/outside', mountinfo: ROOT },
        30: IN_POD,
      },
      { [`/outside/run/containerd/${bundle}`]: JSON.stringify(CRI) },
    );
    expect(seen?.containers).toEqual([{ id: ID, name: null, pod, containerOfPod: 'app' }]);
  });
});
