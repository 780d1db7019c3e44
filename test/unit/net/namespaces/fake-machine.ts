/** A tree of files that looks like a machine to whoever reads /proc. */

import { mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fakeRoot } from '../fake-root.ts';

export interface FakeProcess {
  /** A number stands for `net:[number]`; `null` for none, as a zombie has. */
  readonly net: number | null;
  readonly comm?: string;
  readonly state?: string;
  readonly flags?: number;
  readonly startedAt?: number;
  readonly cgroup?: string;
  readonly cmdline?: string;
  readonly status?: string;
  readonly mountinfo?: string;
  readonly mnt?: number;
  /** Where its `/` is, from the root of all. */
  readonly root?: string;
}

export const KERNEL_THREAD = 0x20_8040; // as /proc/2/stat has them: PF_KTHREAD | PF_NOFREEZE, …
/** A whole machine has it. */
export const KTHREADD: Readonly<Record<string, FakeProcess>> = {
  2: { net: 1, comm: 'kthreadd', flags: KERNEL_THREAD },
};

/** @param processes by id; `self` is this process. @param links by path. */
export function fakeMachine(
  processes: Readonly<Record<string, FakeProcess>>,
  files: Readonly<Record<string, string>> = {},
  links: Readonly<Record<string, string>> = {},
): string {
  const described = Object.entries(processes).flatMap(([pid, process]) => filesOf(pid, process));
  const root = fakeRoot({ '/proc/': '', ...Object.fromEntries(described), ...files });
  for (const [pid, { net, mnt = 1, root: place }] of Object.entries(processes)) {
    if (net !== null) link(root, `/proc/${pid}/ns/net`, `net:[${net}]`);
    link(root, `/proc/${pid}/ns/mnt`, `mnt:[${mnt}]`);
    if (place !== undefined) link(root, `/proc/${pid}/root`, join(root, place));
  }
  for (const [path, target] of Object.entries(links)) link(root, path, target);
  return root;
}

export function link(root: string, path: string, target: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  symlinkSync(target, join(root, path));
}

function filesOf(pid: string, process: FakeProcess): [string, string][] {
  const { comm = 'sh', state = 'S', flags = 0x400000, startedAt = 100, cgroup = '0::/\n', cmdline = 'sh\0' } = process;
  const id = pid === 'self' ? '5' : pid;
  // proc_pid_stat(5): 9 is flags, 22 is starttime.
  const stat = [id, `(${comm})`, state, 1, 1, 1, 0, -1, flags, ...Array(12).fill(0), startedAt, 0, 0].join(' ');
  const status = process.status ?? 'Name:\tsh\nCapEff:\t0000000000003000\n';
  const all = { stat: `${stat}\n`, cgroup, cmdline, status, mountinfo: process.mountinfo ?? '' };
  return Object.entries(all).map(([file, text]) => [`/proc/${pid}/${file}`, text]);
}
