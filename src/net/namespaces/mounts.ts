/**
 * What is mounted where a process is (proc_pid_mountinfo(5)).
 *
 * Bind mounts keep namespaces that no process is in, and an engine's are to be seen in its own mount namespace only.
 * Its list of mounts tells them all, without touching a file that somebody else may have put there.
 */

import { join } from 'node:path';
import { NETWORK_NAMESPACE } from './processes.ts';
import { beginningOf } from './reading.ts';

/** Several mounts per container, some hundred bytes each. */
const LONGEST_LIST = 8 * 1024 * 1024;

export interface Mount {
  /** As seen below the root of the process. */
  readonly place: string;
  readonly type: string;
  /** Of a mounted namespace `net:[4026531840]`. */
  readonly source: string;
}

/** @throws what the system says. */
export function readMounts(proc: string, pid: number | 'self'): Mount[] {
  return parseMounts(beginningOf(join(proc, `${pid}/mountinfo`), LONGEST_LIST));
}

/** `36 35 98:0 /source /place rw,noatime master:1 - ext3 /dev/root rw`; later mounts lie over earlier ones. */
export function parseMounts(text: string): Mount[] {
  return text.split('\n').flatMap((line) => {
    const [before = '', after = ''] = line.split(' - ');
    const [, , , source, place] = before.split(' ');
    const [type] = after.split(' ');
    if (source === undefined || place === undefined || type === undefined || type === '') return [];
    return [{ place: unescaped(place), type, source: unescaped(source) }];
  });
}

export function networkMounts(mounts: readonly Mount[]): Mount[] {
  return mounts.filter(({ type, source }) => type === 'nsfs' && NETWORK_NAMESPACE.test(source));
}

/** The types of all file systems that are mounted there, or above. */
export function typesAbove(mounts: readonly Mount[], path: string): string[] {
  return mounts
    .filter(({ place }) => path === place || path.startsWith(place === '/' ? '/' : `${place}/`))
    .map(({ type }) => type);
}

/** Space, tab, line break and backslash are octal there. */
function unescaped(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
}
