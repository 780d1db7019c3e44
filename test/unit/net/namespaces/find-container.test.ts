import { describe, expect, it } from 'vitest';
import { findContainer } from '../../../../src/net/namespaces/find-container.ts';
import { scanProcesses } from '../../../../src/net/namespaces/scan.ts';
import { answering, fakeEngine, socketIn } from './fake-engine.ts';
import { type FakeProcess, fakeMachine, KTHREADD } from './fake-machine.ts';

const WEB = `aa${'1'.repeat(62)}`;
const DB = `aa${'2'.repeat(62)}`;
const JOB = `bb${'3'.repeat(62)}`;
const HIDDEN = `bb${'4'.repeat(62)}`;
const STEP = 'h5dyxcqktobx4nxrbovwxfoc7';
const LABEL = 'at ROOT/var/run/docker.sock';

const MOUNTS = '1 0 8:1 / / rw - ext4 x rw\n';
const DOCKERD: FakeProcess = {
  net: 6,
  comm: 'dockerd',
  mnt: 2,
  root: '/inner',
  status: 'NSpid:\t40\t7\n',
  mountinfo: MOUNTS,
};

const MACHINE: Readonly<Record<string, FakeProcess>> = {
  self: { net: 1 },
  5: { net: 1 },
  ...KTHREADD,
  20: { net: 6, startedAt: 50, cgroup: `0::/docker/${WEB}\n` },
  21: { net: 6, startedAt: 40, cgroup: `0::/docker/${WEB}\n` },
  22: { net: 7, cgroup: `0::/docker/${WEB}/docker/${JOB}\n` },
  23: { net: 8, cgroup: `0::/docker/buildkit/${STEP}\n` },
};

async function find(root: string, value: string) {
  const signal = new AbortController().signal;
  return findContainer(value, await scanProcesses(root, signal), { root, environment: {} }, signal);
}

async function refusal(root: string, value: string): Promise<string> {
  const error = await find(root, value).then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toMatchObject({ code: 'USAGE' });
  return error instanceof Error ? error.message.replaceAll(root, 'ROOT') : '';
}

describe('a container', () => {
  it('is the oldest of its processes, by name, id, or the beginning of its id', async () => {
    const root = fakeMachine(MACHINE);
    await fakeEngine(socketIn(root), [
      { Id: WEB, Names: ['/web'] },
      { Id: DB, Names: ['/aa11'] },
    ]);
    for (const value of ['web', '/web', WEB, WEB.slice(0, 12), 'aa111']) {
      expect(await find(root, value)).toEqual({ kind: 'process', pid: 21, name: 'web' });
    }
  });

  it('is one of our engine before one of an inner engine, and the other way round where ours has none', async () => {
    const machine = { ...MACHINE, 40: DOCKERD };
    const root = fakeMachine(machine);
    await fakeEngine(socketIn(root), [{ Id: WEB, Names: ['/same'] }]);
    await fakeEngine(socketIn(root, '/inner/run/docker.sock'), [
      { Id: JOB, Names: ['/same'] },
      { Id: JOB, Names: ['/job'] },
    ]);
    expect(await find(root, 'same')).toMatchObject({ pid: 21 });
    expect(await find(root, 'job')).toEqual({ kind: 'process', pid: 22, name: 'job' });
  });

  it('is known by its control group alone where there is no engine', async () => {
    const root = fakeMachine(MACHINE);
    expect(await find(root, JOB.slice(0, 8))).toEqual({ kind: 'process', pid: 22, name: JOB.slice(0, 12) });
    expect(await find(root, STEP)).toEqual({ kind: 'process', pid: 23, name: STEP.slice(0, 12) });
  });

  it('that no control group tells of is the process that its engine knows by another number', async () => {
    const mounted = `9 1 0:4 net:[9] /run/docker/netns/x rw - nsfs nsfs rw\n9 1 0:4 net:[10] /run/docker/netns/y rw - nsfs nsfs rw\n`;
    const root = fakeMachine(
      {
        ...MACHINE,
        // The same number, in the network of somebody else.
        30: { net: 6, status: 'NSpid:\t30\t99\n' },
        31: { net: 9, status: 'NSpid:\t31\t99\t1\n' },
        40: { ...DOCKERD, mountinfo: `${MOUNTS}${mounted}` },
      },
      { '/inner/run/docker/netns/x': '', '/inner/run/docker/netns/y': '' },
    );
    const details = (name: string, Pid: number) => ({
      State: { Pid },
      NetworkSettings: { SandboxKey: `/run/docker/netns/${name}` },
    });
    await fakeEngine(
      socketIn(root, '/inner/run/docker.sock'),
      [
        { Id: HIDDEN, Names: ['/x'] },
        { Id: DB, Names: ['/y'] },
      ],
      { [HIDDEN]: details('x', 99), [DB]: details('y', 5) },
    );
    expect(await find(root, 'x')).toEqual({ kind: 'process', pid: 31, name: 'x' });
    expect(await find(root, 'y')).toEqual({
      kind: 'mount',
      path: `${root}/proc/40/root/run/docker/netns/y`,
      name: 'y',
    });
  });
});

describe('what fits', () => {
  it('several is refused, with where they are', async () => {
    const root = fakeMachine({ ...MACHINE, 40: DOCKERD });
    await fakeEngine(socketIn(root), []);
    await fakeEngine(socketIn(root, '/inner/run/docker.sock'), [
      { Id: WEB, Names: ['/web'] },
      { Id: DB, Names: ['/db\n'] },
    ]);
    expect(await refusal(root, 'aa12'.slice(0, 2))).toMatch(/^--container aa: no running container/);
    expect(await refusal(root, `aa${'1'.repeat(62)}`.slice(0, 0).concat('job'))).toMatch(
      /^--container job: no running/,
    );
    const both = fakeMachine(MACHINE);
    const ids = ['1', '2'].map((digit) => `ccccc${digit.repeat(59)}`);
    await fakeEngine(
      socketIn(both),
      ids.map((Id, index) => ({ Id, Names: [`/c${index}\u001b`] })),
    );
    expect(await refusal(both, 'cccc')).toBe(
      `--container cccc is 2 containers, c0\ufffd ccccc1111111 of the engine ${LABEL}, c1\ufffd ccccc2222222 of the engine ${LABEL}: give more of the id`,
    );
  });

  it('fewer than four digits of an id is none', async () => {
    expect(await refusal(fakeMachine(MACHINE), 'aa1')).toMatch(/^--container aa1: no running container/);
  });

  it('none is refused, with the nearest name and what was looked at', async () => {
    const root = fakeMachine(MACHINE);
    expect(await refusal(root, 'wbe')).toBe(
      '--container wbe: no running container has that name or id; looked at: the control groups of all processes; no Docker engine was found',
    );
    await fakeEngine(socketIn(root), [{ Id: WEB, Names: ['/web'] }]);
    expect(await refusal(root, 'wbe')).toBe(
      `--container wbe: no running container has that name or id (did you mean web?); looked at: the Docker engine ${LABEL}, the control groups of all processes`,
    );
  });

  it('nothing that an engine could tell is said so', async () => {
    const root = fakeMachine(MACHINE);
    await answering(socketIn(root), (_, response) => void response.writeHead(403).end());
    expect(await refusal(root, 'web\n\u001b')).toBe(
      `--container web \ufffd: no running container has that name or id; looked at: the Docker engine ${LABEL}, the control groups of all processes. What the Docker engine ${LABEL} calls its containers is not known: it answered HTTP 403.`,
    );
  });

  it('a container of which nothing is to be seen is said so', async () => {
    const root = fakeMachine({ self: { net: 1 }, 5: { net: 1 } });
    await fakeEngine(socketIn(root), [{ Id: WEB, Names: ['/web'] }], { [WEB]: { State: { Pid: 5 } } });
    expect(await refusal(root, 'web')).toBe(
      '--container web: none of its processes is to be seen from here: docker run --pid host shows those of the whole machine',
    );
  });
});
