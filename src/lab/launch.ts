/**
 * Starts a program inside namespaces of its own, so that the kernel removes everything the lab ever made.
 *
 * ```
 * node (outside) ── setpriv --pdeathsig ── unshare --net --mount --pid ── node (inside, process 1)
 * ```
 * Process 1 dies with `unshare` (--kill-child), `unshare` with the outer process (--pdeathsig), and with process 1 go
 * all processes of its PID namespace, then the mounts, then the network namespaces. SIGKILL is no exception.
 */

import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { EnvironmentError } from '../errors.ts';
import { requirePrograms } from './require-programs.ts';

const CAP_NET_ADMIN = 12n; // linux/capability.h
const CAP_SYS_ADMIN = 21n; // linux/capability.h
const NOBODY = '65534'; // Debian Policy §9.2.2
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export interface LaunchOptions {
  /** Even root gives up its rights first, and gets by with a user namespace. */
  readonly unprivileged: boolean;
}

/**
 * Runs the command with this process's stdio until it ends. As root in the machine's user namespace, or as anybody in
 * a user namespace of its own.
 *
 * @returns its exit code; 128 + n when it or this process was told to end by signal n.
 * @throws EnvironmentError when a program is missing or namespaces are refused.
 */
export async function launch(words: readonly string[], { unprivileged }: LaunchOptions): Promise<number> {
  requirePrograms(['unshare', 'nsenter', 'setpriv', 'mount', 'ip', 'nft']);
  const entry = ['setpriv', '--pdeathsig', 'KILL', ...(unprivileged ? rightsGivenUp() : []), ...unshare(unprivileged)];
  requireNamespaces(entry);
  const [file = '', ...args] = [...entry, ...words];
  const child = spawn(file, args, { stdio: 'inherit' });
  let told: NodeJS.Signals | null = null;
  const stop = (signal: NodeJS.Signals): void => {
    told ??= signal;
    child.kill('SIGKILL');
  };
  for (const signal of SIGNALS) process.on(signal, stop);
  try {
    return await new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('exit', (code, signal) => {
        const ended = told ?? signal;
        resolve(ended === null ? (code ?? 1) : 128 + constants.signals[ended]);
      });
    });
  } finally {
    for (const signal of SIGNALS) process.off(signal, stop);
  }
}

function unshare(unprivileged: boolean): string[] {
  const own = ['unshare', '--net', '--mount', '--pid', '--fork', '--kill-child=KILL', '--mount-proc'];
  return mayMakeNamespaces() && !unprivileged ? own : [...own, '--user', '--map-root-user'];
}

function rightsGivenUp(): string[] {
  return process.geteuid?.() === 0 ? ['--reuid', NOBODY, '--regid', NOBODY, '--clear-groups'] : [];
}

function mayMakeNamespaces(): boolean {
  const effective = /^CapEff:\s*([0-9a-f]+)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '0';
  const needed = (1n << CAP_NET_ADMIN) | (1n << CAP_SYS_ADMIN);
  return (BigInt(`0x${effective}`) & needed) === needed;
}

/** Some systems allow the namespaces and then refuse their use (AppArmor since Ubuntu 23.10), so both are tried. */
function requireNamespaces(entry: readonly string[]): void {
  const check = 'mount -t tmpfs lab /run && ip netns add check && ip link add check type veth';
  const [file = '', ...args] = [...entry, 'sh', '-c', check];
  const { status, stderr } = spawnSync(file, args, { encoding: 'utf8' });
  if (status === 0) return;
  throw new EnvironmentError(
    `the lab may not make network namespaces here (${stderr.trim().split('\n').at(-1) ?? ''}): run it as root, or allow ` +
      'user namespaces (sysctl kernel.unprivileged_userns_clone=1 or kernel.apparmor_restrict_unprivileged_userns=0), ' +
      'or start the container with --privileged',
  );
}
