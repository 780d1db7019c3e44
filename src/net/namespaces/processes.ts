/** One process as /proc shows it: no more is read of it than is asked for, and no file beyond its bound. */

import { readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { EnvironmentError } from '../../errors.ts';
import type { SeenProcess } from '../../layers/seen.ts';
import { beginningOf, readOr } from './reading.ts';

const LONGEST_STAT = 1024; // fifty numbers, and a name of at most 64 bytes (proc_pid_stat(5))
const LONGEST_STATUS = 8 * 1024; // `Groups` may be long; CapEff and NSpid stand behind it
const LONGEST_CGROUP = 16 * 1024;
/** A command line may be 2 MiB (execve(2)); its beginning names the program. */
const LONGEST_CMDLINE = 4 * 1024;

const KERNEL_THREAD = 0x0020_0000; // PF_KTHREAD, linux/sched.h

export interface ProcessStat {
  readonly pid: number;
  /** At most 15 bytes for a program, chosen by itself: it may hold spaces and parentheses. */
  readonly comm: string;
  readonly isZombie: boolean;
  readonly isKernelThread: boolean;
  /** Clock ticks since boot. */
  readonly startedAt: number;
}

/** A line of /proc/PID/stat (proc_pid_stat(5)). @returns `null` for what is none. */
function parseStat(line: string): ProcessStat | null {
  const open = line.indexOf('(');
  // The last one: whatever follows the name are numbers and a letter.
  const close = line.lastIndexOf(')');
  const fields = line.slice(close + 2).split(' ');
  // Field 3 of the manual is the first here.
  const [pid, flags, startedAt] = [line.slice(0, open - 1), fields[9 - 3], fields[22 - 3]].map(Number);
  if (open < 0 || close < open || !isCount(pid) || !isCount(flags) || !isCount(startedAt)) return null;
  const isKernelThread = (flags & KERNEL_THREAD) !== 0;
  return { pid, comm: line.slice(open + 1, close), isZombie: fields[0] === 'Z', isKernelThread, startedAt };
}

function isCount(value: number | undefined): value is number {
  return value !== undefined && Number.isSafeInteger(value) && value >= 0;
}

/** Everybody may read it. @param proc where /proc is. @throws what the system says. */
export function readStat(proc: string, pid: number | 'self'): ProcessStat | null {
  return parseStat(beginningOf(join(proc, `${pid}/stat`), LONGEST_STAT));
}

/** `net:[4026531840]` of a process, by the kind of namespace. @throws what the system says. */
export function namespaceLink(proc: string, pid: number | 'self', kind: 'net' | 'mnt' | 'pid'): string {
  return readlinkSync(join(proc, `${pid}/ns/${kind}`));
}

/** @param proc where /proc is. @throws EnvironmentError where it shows nothing, not even this process. */
export function requireProc(proc: string): void {
  if (readOr(() => namespaceLink(proc, 'self', 'net')) !== null) return;
  throw new EnvironmentError(`${proc} does not show this process: mount it first (mount -t proc proc ${proc})`);
}

export const NETWORK_NAMESPACE = /^net:\[\d+\]$/;

/** All of them, from the lowest on. */
export function processIds(proc: string): number[] {
  const names = readdirSync(proc).filter((name) => /^[1-9]\d*$/.test(name));
  return names.map(Number).sort((one, other) => one - other);
}

/** What tells who it is. @returns `null` when it has ended. */
export function describeProcess(proc: string, { pid, startedAt }: ProcessStat): SeenProcess | null {
  const cgroups = readOr(() => cgroupsOf(proc, pid));
  if (cgroups === null) return null;
  return {
    pid,
    startedAt,
    cgroups,
    words: readOr(() => wordsOf(proc, pid)) ?? [],
    capabilities: effectiveCapabilities(proc, pid),
  };
}

/** Lines are `hierarchy:controllers:path` (cgroups(7)); a path may hold colons. */
export function cgroupsOf(proc: string, pid: number): string[] {
  const text = beginningOf(join(proc, `${pid}/cgroup`), LONGEST_CGROUP);
  return text.split('\n').flatMap((line) => /^\d+:[^:]*:(.*)$/.exec(line)?.[1] ?? []);
}

export function wordsOf(proc: string, pid: number): string[] {
  const words = beginningOf(join(proc, `${pid}/cmdline`), LONGEST_CMDLINE).split('\0');
  while (words.at(-1) === '') words.pop();
  return words;
}

/** As a bit mask; everybody may read them. */
export function effectiveCapabilities(proc: string, pid: number | 'self'): bigint | null {
  const digits = statusField(proc, pid, 'CapEff');
  return digits !== null && /^[0-9a-f]{1,16}$/.test(digits) ? BigInt(`0x${digits}`) : null;
}

/** What it is called in each PID namespace, from that of this /proc to its own (proc_pid_status(5), NSpid). */
export function idsOf(proc: string, pid: number): number[] {
  return statusField(proc, pid, 'NSpid')?.split(/\s+/).map(Number) ?? [];
}

function statusField(proc: string, pid: number | 'self', name: 'CapEff' | 'NSpid'): string | null {
  const status = readOr(() => beginningOf(join(proc, `${pid}/status`), LONGEST_STATUS)) ?? '';
  // A name that looks like a field cannot: line breaks in it are shown as `\n`.
  return new RegExp(`^${name}:\\s*(.*)$`, 'm').exec(status)?.[1] ?? null;
}
