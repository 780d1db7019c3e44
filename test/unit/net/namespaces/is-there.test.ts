import { readlinkSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { SeenNamespace } from '../../../../src/layers/seen.ts';
import { isThere } from '../../../../src/net/namespaces/is-there.ts';

const OWN = readlinkSync('/proc/self/ns/net');
const GONE = 4_194_304; // PID_MAX_LIMIT, linux/threads.h: one more than any process has

function seen(pid: number | null, path: string, netns = OWN): SeenNamespace {
  const oldest = pid === null ? null : { pid, startedAt: 1, cgroups: [], words: [], capabilities: null };
  const flags = { isOwn: false, hasInit: false, mounts: [], processCount: 0, containers: [] };
  return { ...flags, netns, path, oldest, representative: oldest };
}

it.each([
  ['a process in it', seen(process.pid, '/no/such/place'), true],
  ['a mount', seen(null, '/proc/self/ns/net'), true],
  ['a mount, when its process has ended', seen(GONE, '/proc/self/ns/net'), true],
  ['nothing: its process has ended', seen(GONE, `/proc/${GONE}/ns/net`), false],
  ['nothing: its process is somewhere else', seen(process.pid, '/no/such/place', 'net:[1]'), false],
  ['nothing: another one is mounted there', seen(null, '/proc/self/ns/net', 'net:[1]'), false],
  ['nothing: a file is where a folder was', seen(null, `${import.meta.filename}/net`), false],
])('kept by %s', (_, namespace, expected) => {
  expect(isThere(namespace)).toBe(expected);
});
