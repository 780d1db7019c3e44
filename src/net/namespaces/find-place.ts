/** Where `--pid`, `--netns` and `--container` lead, as open descriptors. */

import { existsSync, readdirSync } from 'node:fs';
import { didYouMean } from '../../config/suggest.ts';
import { UsageError } from '../../errors.ts';
import { oneLine } from '../../report/printable.ts';
import { CAP_SYS_PTRACE, takeUp } from '../sys/capabilities.ts';
import { findContainer } from './find-container.ts';
import { NAMED } from './mounted.ts';
import { closePlace, openNamespace, openProcess, type Place } from './open-place.ts';
import { openProcessIn } from './process-in.ts';
import { requireProc } from './processes.ts';
import { readOr } from './reading.ts';
import { scanProcesses } from './scan.ts';

export type { Place } from './open-place.ts';
export { requireJoining } from './privilege.ts';

export interface AskedPlace {
  readonly kind: 'netns' | 'pid' | 'container';
  readonly value: string;
}

const HERE = { root: '/', environment: process.env };
const ETC = '/etc/netns'; // ip-netns(8): `/etc/netns/NAME/resolv.conf` counts before `/etc/resolv.conf`
const LARGEST_PID = 4_194_304; // PID_MAX_LIMIT, linux/threads.h
const NAME = /^[^/]{1,255}$/;

/**
 * Whoever gets it closes the descriptors, or becomes another program.
 *
 * @throws UsageError for what is not there or not unique, PrivilegeError for what may not be looked into, each with one
 * line; what the signal says.
 */
export async function findPlace({ kind, value }: AskedPlace, signal: AbortSignal): Promise<Place> {
  requireProc('/proc');
  takeUp(CAP_SYS_PTRACE);
  switch (kind) {
    case 'pid':
      return placeOfProcess(value);
    case 'netns':
      return placeOfNamespace(value, signal);
    case 'container':
      return placeOfContainer(value, signal);
  }
}

function placeOfProcess(value: string): Place {
  const pid = /^[1-9]\d{0,6}$/.test(value) ? Number(value) : 0;
  if (pid === 0 || pid > LARGEST_PID)
    throw new UsageError(`--pid ${oneLine(value)} is no process id: give a number such as 4711`);
  return openProcess(pid, `--pid ${pid}`, `process ${pid}`);
}

/** @param path of a namespace. @returns `null` for one that has no name of ip netns, or no files of its own. */
export function etcOf(path: string): string | null {
  const name = path.startsWith(`${NAMED}/`) ? path.slice(NAMED.length + 1) : null;
  return name !== null && existsSync(`${ETC}/${name}`) ? `${ETC}/${name}` : null;
}

async function placeOfNamespace(value: string, signal: AbortSignal): Promise<Place> {
  const asked = `--netns ${oneLine(value)}`;
  const isName = NAME.test(value) && value !== '.' && value !== '..';
  const path = isName ? `${NAMED}/${value}` : value;
  if (value === '' || value.includes('\0')) throw new UsageError('--netns needs a path, or a name of ip netns');
  if (isName && !existsSync(path)) {
    const names = readOr(() => readdirSync(NAMED)) ?? [];
    throw new UsageError(
      `${asked}: ip netns has no such name${didYouMean(value, names)}: give the path of a namespace`,
    );
  }
  const { netns, inode } = openNamespace(path, asked);
  const alone: Place = { netns, inode, pid: null, root: null, etc: etcOf(path), name: value };
  try {
    return await withProcess(alone, asked, signal);
  } catch (error) {
    closePlace(alone);
    throw error;
  }
}

/** With the process whose names and files a job in it has, where there is one. */
async function withProcess(alone: Place, asked: string, signal: AbortSignal): Promise<Place> {
  const place = await openProcessIn(alone.inode, asked, alone.name, signal);
  if (place === null) return alone;
  closePlace({ netns: place.netns, root: null });
  return { ...alone, pid: place.pid, root: place.root };
}

async function placeOfContainer(value: string, signal: AbortSignal): Promise<Place> {
  if (value === '') throw new UsageError('--container needs a name or an id');
  const asked = `--container ${oneLine(value)}`;
  const found = await findContainer(value, await scanProcesses('/', signal), HERE, signal);
  if (found.kind === 'process') return openProcess(found.pid, asked, found.name);
  return { ...openNamespace(found.path, asked), pid: null, root: null, etc: null, name: found.name };
}
