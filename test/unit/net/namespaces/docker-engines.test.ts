import { describe, expect, it } from 'vitest';
import { hostsIn } from '../../../../src/net/namespaces/engines.ts';
import { lookAround } from '../../../../src/net/namespaces/look-around.ts';
import { answering, fakeEngine, socketIn, talking } from './fake-engine.ts';
import { type FakeProcess, fakeMachine, KTHREADD } from './fake-machine.ts';

const ID = 'a1'.repeat(32);
const OTHER = 'b2'.repeat(32);
const MOUNTED = 'e8d73e785c62';
const MACHINE: Readonly<Record<string, FakeProcess>> = {
  self: { net: 1, mountinfo: '' },
  5: { net: 1 },
  ...KTHREADD,
  30: { net: 7, cgroup: `0::/docker/${ID}\n` },
};

function look(root: string, environment: Readonly<Record<string, string>> = {}) {
  return lookAround(new AbortController().signal, { root, environment });
}

async function containersOf(root: string, netns: string, environment: Readonly<Record<string, string>> = {}) {
  const { namespaces } = await look(root, environment);
  return namespaces.find((seen) => seen.netns === netns)?.containers;
}

const bare = { pod: null, containerOfPod: null };

describe('an engine names the container', () => {
  it('whose id is in a control group, and is asked once', async () => {
    const root = fakeMachine(MACHINE);
    const asked = await fakeEngine(socketIn(root), [{ Id: ID, Names: ['/other/alias', '/web'], Labels: null }]);
    expect(await containersOf(root, 'net:[7]')).toEqual([{ id: ID, name: 'web', ...bare }]);
    expect(asked).toEqual(['/containers/json']);
  });

  it('that DOCKER_HOST leads to, where that is a socket', async () => {
    const root = fakeMachine(MACHINE);
    const socket = socketIn(root, '/somewhere/else.sock');
    await fakeEngine(socket, [{ Id: ID, Names: ['/web'] }]);
    expect(await containersOf(root, 'net:[7]', { DOCKER_HOST: `unix://${socket}` })).toMatchObject([{ name: 'web' }]);
    expect(await containersOf(root, 'net:[7]', { DOCKER_HOST: 'tcp://192.0.2.1:2375' })).toMatchObject([
      { name: null },
    ]);
  });

  it('that ours knows, whatever an engine inside a container calls it', async () => {
    const root = fakeMachine(
      {
        ...MACHINE,
        40: { net: 8, comm: 'dockerd', mnt: 2, root: '/inner', mountinfo: '1 0 8:1 / / rw - ext4 x rw\n' },
      },
      { '/inner/run/': '' },
      { '/inner/var/run': '/run' },
    );
    await fakeEngine(socketIn(root), [{ Id: ID, Names: ['/web'] }]);
    await fakeEngine(socketIn(root, '/inner/run/docker.sock'), [
      { Id: ID, Names: ['/trusted'] },
      { Id: OTHER, Names: ['/other'] },
    ]);
    expect(await containersOf(root, 'net:[7]')).toMatchObject([{ id: ID, name: 'web' }]);
  });

  it('of a pod, by the labels that the kubelet gives', async () => {
    const root = fakeMachine(MACHINE);
    const Labels = {
      'io.kubernetes.pod.name': 'web-0',
      'io.kubernetes.pod.namespace': 'shop',
      'io.kubernetes.container.name': 'app',
    };
    await fakeEngine(socketIn(root), [{ Id: ID, Names: [`/k8s_app_web-0_shop_1_0`], Labels }]);
    const [container] = (await containersOf(root, 'net:[7]')) ?? [];
    expect(container).toMatchObject({ pod: { namespace: 'shop', name: 'web-0' }, containerOfPod: 'app' });
  });

  it('that no control group tells of, by the mount of its network, and those that share it', async () => {
    const root = fakeMachine(
      {
        ...MACHINE,
        30: { net: 7 },
        40: {
          net: 8,
          comm: 'dockerd',
          mnt: 2,
          root: '/inner',
          cmdline: 'dockerd\0--host=unix:///var/run/docker.sock\0',
          mountinfo: `1 0 8:1 / / rw - ext4 x rw\n9 1 0:4 net:[7] /run/docker/netns/${MOUNTED} rw - nsfs nsfs rw\n`,
        },
      },
      { [`/inner/run/docker/netns/${MOUNTED}`]: '' },
      { '/inner/var/run': '/run' },
    );
    await fakeEngine(
      socketIn(root, '/inner/run/docker.sock'),
      [
        { Id: ID, Names: ['/inner'] },
        { Id: OTHER, Names: ['/beside'], HostConfig: { NetworkMode: `container:${ID}` } },
        { Id: 'c3'.repeat(32), Names: ['/outside'], HostConfig: { NetworkMode: 'host' } },
        { Id: 'd4'.repeat(32), Names: ['/astray'] },
      ],
      {
        [ID]: { State: { Pid: 12 }, NetworkSettings: { SandboxKey: `/var/run/docker/netns/${MOUNTED}` } },
        ['d4'.repeat(32)]: { NetworkSettings: { SandboxKey: '/../../etc/passwd' } },
      },
    );
    expect(await containersOf(root, 'net:[7]')).toEqual([
      { id: ID, name: 'inner', ...bare },
      { id: OTHER, name: 'beside', ...bare },
    ]);
  });
});

describe('an engine that', () => {
  const nothing = [{ id: ID, name: null, ...bare }];
  const said = (root: string, reason: string) => [
    `What the Docker engine at ${socketIn(root)} calls its containers is not known: ${reason}.`,
  ];

  it.each<[string, (socket: string) => Promise<void>, string]>([
    ['does not answer', (socket) => answering(socket, () => {}), 'it did not answer in time'],
    ['never ends', (socket) => answering(socket, (_, response) => void trickle(response)), 'it did not answer in time'],
    [
      'sends too much',
      (socket) => answering(socket, (_, response) => void response.end(Buffer.alloc(9 * 1024 * 1024, ' '))),
      'its answer is longer than 8388608 bytes',
    ],
    [
      'speaks no HTTP',
      (socket) => talking(socket, (connection) => connection.end('hello\n')),
      'it does not speak HTTP',
    ],
    ['hangs up', (socket) => talking(socket, (connection) => connection.destroy()), 'it hung up'],
    ['sends no JSON', (socket) => answering(socket, (_, response) => void response.end('[')), 'its answer is no JSON'],
    [
      'sends no list',
      (socket) => answering(socket, (_, response) => void response.end('{}')),
      'its answer is no list of containers',
    ],
    [
      'refuses',
      (socket) => answering(socket, (_, response) => void response.writeHead(500).end()),
      'it answered HTTP 500',
    ],
    [
      'leads elsewhere',
      (socket) =>
        answering(socket, (_, response) => void response.writeHead(302, { location: 'http://192.0.2.1/' }).end()),
      'it answered HTTP 302',
    ],
  ])('%s is said to be silent', async (_, start, reason) => {
    const root = fakeMachine(MACHINE);
    await start(socketIn(root));
    const startedAt = performance.now();
    const { namespaces, unseen } = await look(root);
    expect(performance.now() - startedAt).toBeLessThan(2500);
    expect(unseen).toEqual(said(root, reason));
    expect(namespaces.find(({ netns }) => netns === 'net:[7]')?.containers).toEqual(nothing);
  });

  it('tells nonsense is heard as far as it makes sense', async () => {
    const root = fakeMachine(MACHINE);
    const good = { Id: ID, Names: ['/\u001b[31mred\nline'] };
    await fakeEngine(socketIn(root), [
      null,
      7,
      { Id: '../../evil' },
      { Id: OTHER, Names: 'web' },
      { Id: OTHER, Labels: { a: 1 } },
      { Id: OTHER, Names: ['x'.repeat(10_000)] },
      good,
    ]);
    // What a terminal makes of it is for whoever prints it.
    expect(await containersOf(root, 'net:[7]')).toEqual([{ id: ID, name: '\u001b[31mred\nline', ...bare }]);
  });

  it('is slow over details holds nobody up for longer than all of them may take', async () => {
    const root = fakeMachine(MACHINE);
    const many = Array.from({ length: 100 }, (_, index) => ({ Id: index.toString(16).padStart(64, '0') }));
    await answering(socketIn(root), (request, response) => {
      if (request.url === '/containers/json') response.end(JSON.stringify(many));
    });
    const startedAt = performance.now();
    await look(root);
    expect(performance.now() - startedAt).toBeLessThan(4000);
  });

  it('is no socket is not asked', async () => {
    const root = fakeMachine(MACHINE, { '/var/run/docker.sock': '', '/run/docker.sock/': '' });
    expect((await look(root)).unseen).toEqual([]);
  });
});

it('says where it listens in its words', () => {
  const words = [
    'dockerd',
    '-H',
    'unix:///a.sock',
    '--host=unix:///b.sock',
    '-H=fd://',
    '--host',
    'tcp://0.0.0.0',
    '-H',
  ];
  expect(hostsIn(words)).toEqual(['/a.sock', '/b.sock']);
});

function trickle(response: {
  write: (text: string) => unknown;
  on: (event: 'close', listener: () => void) => unknown;
}): void {
  const timer = setInterval(() => response.write(' '), 50);
  response.on('close', () => clearInterval(timer));
}
