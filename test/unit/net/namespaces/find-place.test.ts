import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { SeenNamespace } from '../../../../src/layers/seen.ts';
import { findPlace } from '../../../../src/net/namespaces/find-place.ts';
import { isThere } from '../../../../src/net/namespaces/is-there.ts';
import { closePlace, openProcess } from '../../../../src/net/namespaces/open-place.ts';
import { openSeen } from '../../../../src/net/namespaces/open-seen.ts';
import { fakeMachine } from './fake-machine.ts';

const signal = new AbortController().signal;
const CLOSE_ON_EXEC = 0o2000000; // O_CLOEXEC, asm-generic/fcntl.h

describe('a process', () => {
  it('is open descriptors that no other program inherits', async () => {
    const place = await findPlace({ kind: 'pid', value: String(process.pid) }, signal);
    expect(place).toMatchObject({ inode: readlinkSync('/proc/self/ns/net'), pid: process.pid, etc: null });
    expect(place.name).toBe(`process ${process.pid}`);
    for (const fd of [place.netns, place.root ?? -1]) {
      const flags = /^flags:\s*(\d+)$/m.exec(readFileSync(`/proc/self/fdinfo/${fd}`, 'utf8'))?.[1] ?? '';
      expect(Number.parseInt(flags, 8) & CLOSE_ON_EXEC).toBe(CLOSE_ON_EXEC);
    }
    expect(readlinkSync(`/proc/self/fd/${place.root}`)).toBe('/');
    closePlace(place);
  });
});

describe('what is no place', () => {
  it.each([
    ['pid', '0', '--pid 0 is no process id: give a number such as 4711'],
    ['pid', '1e3', '--pid 1e3 is no process id: give a number such as 4711'],
    ['pid', '../self', '--pid ../self is no process id: give a number such as 4711'],
    ['pid', '4194305', '--pid 4194305 is no process id: give a number such as 4711'],
    // PID_MAX_LIMIT (linux/threads.h) is one more than any process has.
    ['pid', '4194304', '--pid 4194304: there is no process 4194304'],
    ['netns', '', '--netns needs a path, or a name of ip netns'],
    ['netns', 'mps-no-such', '--netns mps-no-such: ip netns has no such name: give the path of a namespace'],
    ['netns', '/mps/no\u001b', '--netns /mps/no\ufffd: there is no /mps/no\ufffd'],
    [
      'netns',
      '/dev/null',
      '--netns /dev/null: /dev/null is no network namespace: give one such as /run/netns/NAME or /proc/PID/ns/net',
    ],
    ['netns', '/', '--netns /: / is no network namespace: give one such as /run/netns/NAME or /proc/PID/ns/net'],
    ['container', '', '--container needs a name or an id'],
  ] as const)('--%s %j', async (kind, value, message) => {
    await expect(findPlace({ kind, value }, signal)).rejects.toMatchObject({ code: 'USAGE', message });
  });

  it.each([`/proc/${process.pid}/ns/pid`, import.meta.filename])('--netns %s', async (value) => {
    await expect(findPlace({ kind: 'netns', value }, signal)).rejects.toThrow(/is no network namespace/);
  });

  it('a process that has ended', () => {
    expect(() => openProcess(4_194_304, '--container web', 'web')).toThrow(
      '--container web: there is no process 4194304',
    );
  });
});

const NOBODYS: SeenNamespace = {
  netns: 'net:[7]',
  path: '/proc/self/ns/net',
  isOwn: false,
  hasInit: false,
  mounts: [],
  processCount: 0,
  oldest: null,
  representative: null,
  containers: [],
};

describe('what was seen a while ago', () => {
  const own = readlinkSync('/proc/self/ns/net');
  const representative = { pid: process.pid, startedAt: 1, cgroups: [], words: [], capabilities: null };
  const path = '/proc/self/ns/net';

  it('is opened where it is still there', async () => {
    const withProcess = await openSeen({ netns: own, path, representative }, signal);
    expect(withProcess).toMatchObject({ inode: own, pid: process.pid, etc: null });
    closePlace(withProcess);
    const alone = await openSeen({ netns: own, path, representative: null }, signal);
    expect(alone).toMatchObject({ inode: own, pid: null, root: null });
    closePlace(alone);
  });

  it.each([
    [representative, `net:[7]: process ${process.pid} is in ${own} by now`],
    [null, `net:[7]: ${path} is in ${own} by now`],
  ])('is not the one that has its number by now, and nothing stays open', async (its, message) => {
    const open = readdirSync('/proc/self/fd').length;
    await expect(openSeen({ netns: 'net:[7]', path, representative: its }, signal)).rejects.toThrow(message);
    expect(readdirSync('/proc/self/fd')).toHaveLength(open);
  });

  it('is opened with another process that is there, where that one has ended', async () => {
    const open = readdirSync('/proc/self/fd').length;
    const place = await openSeen({ netns: own, path, representative: { ...representative, pid: 4_194_304 } }, signal);
    expect(place.inode).toBe(own);
    expect(readlinkSync(`/proc/${place.pid}/ns/net`)).toBe(own);
    closePlace(place);
    expect(readdirSync('/proc/self/fd')).toHaveLength(open);
  });

  it('is there as long as a process or a path leads to it', () => {
    const seen = { ...NOBODYS, netns: own, path: '/proc/4194304/ns/net' };
    expect(isThere(seen)).toBe(false);
    expect(isThere({ ...seen, path })).toBe(true);
    expect(isThere({ ...seen, netns: 'net:[7]', path })).toBe(false);
    expect(isThere({ ...seen, oldest: representative })).toBe(true);
    expect(isThere({ ...seen, oldest: { ...representative, pid: 4_194_304 } })).toBe(false);
  });

  it('is not there where whoever has the files made a circle of links of its path', () => {
    const root = fakeMachine({}, {}, { '/circle': 'circle' });
    expect(() => statSync(`${root}/circle`)).toThrow('ELOOP');
    expect(isThere({ ...NOBODYS, netns: own, path: `${root}/circle` })).toBe(false);
  });
});
