/** A shell in namespaces of its own, which the kernel removes with it: networks, mounts, processes. */

import { execFileSync } from 'node:child_process';

const LIMIT_MS = 60_000;
const MOST_BYTES = 64 * 1024 * 1024;
const UNSHARE = ['--net', '--mount', '--pid', '--fork', '--kill-child=KILL', '--mount-proc'];
/** `ip netns` keeps its names there. */
const BEFORE = 'mount -t tmpfs lab /run';

/** @returns what it writes to stdout. It stops at the first failure, and throws with what it wrote to stderr. */
export function onOwnMachine(script: string, input = ''): string {
  const words = [...UNSHARE, 'sh', '-ec', `${BEFORE}\n${script}`];
  return execFileSync('unshare', words, { encoding: 'utf8', timeout: LIMIT_MS, maxBuffer: MOST_BYTES, input });
}
