/** Variables of another process: those that were asked for, and no others, so that its secrets stay where they are. */

import { closeSync, constants, openSync, readlinkSync } from 'node:fs';
import { textFrom } from '../beginning-of.ts';
import { CAP_SYS_PTRACE, takeUp } from '../sys/capabilities.ts';

const LONGEST = 1024 * 1024; // half of what execve(2) takes where the stack is 8 MB

/**
 * @param inode of the network namespace that it is in, `net:[…]`: a process id is given to somebody else one day.
 * @returns empty where it has ended, or may not be read.
 */
export function environmentOf(pid: number, inode: string, names: readonly string[]): Readonly<Record<string, string>> {
  takeUp(CAP_SYS_PTRACE);
  const text = textOf(pid, inode);
  const entries = text.split('\0').map((entry): [string, string] => {
    const at = entry.indexOf('=');
    return [entry.slice(0, at), entry.slice(at + 1)];
  });
  return Object.fromEntries(entries.filter(([name]) => names.includes(name)));
}

function textOf(pid: number, inode: string): string {
  try {
    // Once it is open, it is of that process, whoever has its number later (fs/proc/base.c, __environ_open).
    const file = openSync(`/proc/${pid}/environ`, constants.O_RDONLY);
    try {
      return readlinkSync(`/proc/${pid}/ns/net`) === inode ? textFrom(file, LONGEST) : '';
    } finally {
      closeSync(file);
    }
  } catch {
    return '';
  }
}
