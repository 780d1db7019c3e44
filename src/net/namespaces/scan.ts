/**
 * All processes, by the network namespace that they are in: a link and a line of each, and nothing more.
 *
 * Reading /proc is answered from memory, so it is done in place, with a turn for others now and then.
 */

import { join } from 'node:path';
import { setImmediate as othersFirst } from 'node:timers/promises';
import { NETWORK_NAMESPACE, namespaceLink, type ProcessStat, processIds, readStat, requireProc } from './processes.ts';
import { reading, readOr } from './reading.ts';

/** PID_MAX_DEFAULT (linux/threads.h), 32768: what more there is, is counted and not looked at. */
const MOST_PROCESSES = 32_768;
const AT_A_TIME = 512;
/** Holds the namespaces of a pod open and does nothing else: kubernetes, build/pause. Its names and files are nobody's. */
export const PAUSE = 'pause';
const KTHREADD = 2; // the second thread that the kernel starts: init/main.c, rest_init

export interface Scan {
  /** Where /proc is. */
  readonly proc: string;
  /** By `net:[4026531840]`; the processes of each from the oldest on. Threads of the kernel are in none. */
  readonly members: ReadonlyMap<string, readonly ProcessStat[]>;
  /** `null` where /proc is not to be read. */
  readonly own: string | null;
  /** That of the first process; where that one may not be looked into, of the kernel's threads. `null` where neither may. */
  readonly first: string | null;
  /** How many the kernel does not let this process look at. */
  readonly forbidden: number;
  /** How many were left out because there are too many. */
  readonly tooMany: number;
  /** This /proc shows the whole machine: threads of the kernel are in its first PID namespace and in no other. */
  readonly isWhole: boolean;
}

/** @param root where `/` is, for tests. @throws EnvironmentError where there is no /proc; what the signal says. */
export async function scanProcesses(root: string, signal: AbortSignal): Promise<Scan> {
  const proc = join(root, 'proc');
  requireProc(proc);
  const ids = processIds(proc);
  const looked = ids.slice(0, MOST_PROCESSES);
  const members = new Map<string, ProcessStat[]>();
  let forbidden = 0;
  for (let start = 0; start < looked.length; start += AT_A_TIME) {
    signal.throwIfAborted();
    if (start > 0) await othersFirst();
    for (const pid of looked.slice(start, start + AT_A_TIME)) {
      const seen = lookAt(proc, pid);
      if (seen === 'forbidden') forbidden += 1;
      else if (seen !== null) enter(members, seen.netns, seen.stat);
    }
  }
  for (const stats of members.values())
    stats.sort((one, other) => one.startedAt - other.startedAt || one.pid - other.pid);
  const isWhole = readOr(() => readStat(proc, KTHREADD))?.isKernelThread ?? false;
  const first = readOr(() => namespaceLink(proc, 1, 'net'));
  return {
    proc,
    members,
    own: readOr(() => namespaceLink(proc, 'self', 'net')),
    first: first ?? (isWhole ? readOr(() => namespaceLink(proc, KTHREADD, 'net')) : null),
    forbidden,
    tooMany: ids.length - looked.length,
    isWhole,
  };
}

/** @returns `null` for one that has ended, whose parent has not asked yet (it has no namespaces), or that is no program. */
function lookAt(proc: string, pid: number): { netns: string; stat: ProcessStat } | 'forbidden' | null {
  const link = reading(() => namespaceLink(proc, pid, 'net'));
  if (link.kind === 'gone') return null;
  const stat = readOr(() => readStat(proc, pid));
  if (stat === null || stat.isKernelThread || stat.isZombie) return null;
  if (link.kind === 'forbidden') return 'forbidden';
  return NETWORK_NAMESPACE.test(link.value) ? { netns: link.value, stat } : null;
}

function enter(members: Map<string, ProcessStat[]>, netns: string, stat: ProcessStat): void {
  const others = members.get(netns);
  if (others === undefined) members.set(netns, [stat]);
  else others.push(stat);
}
