/**
 * A Docker engine of the tests' own, which the machine does not notice.
 *
 * ```
 * vitest ── setpriv --pdeathsig ── unshare --net --mount --pid ── engine-inside (process 1) ── dockerd ── containers
 * ```
 * It has a network without a way out, and all its files lie in a memory file system that only its mount namespace
 * sees. When the test process ends, by SIGKILL too, the kernel ends process 1, and with it everything but the control
 * groups, which are empty then. They bear the number of the test process, and the next start removes them.
 *
 * Not `ip netns exec`: it mounts /sys anew, and the mounts of the control groups are hidden.
 */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { command } from './command.ts';
import { PREFIX, removeControlGroups } from './left-overs.ts';

const INSIDE = fileURLToPath(new URL('engine-inside', import.meta.url));
const PROGRAMS = ['dockerd', 'docker', 'docker-compose', 'iptables', 'openssl', 'busybox', 'unshare', 'setpriv', 'ip'];
const ATTEMPTS = 300;
const PAUSE_MS = 100;

export interface Engine {
  /** What docker and docker-compose need in their environment to find it. */
  readonly env: { readonly DOCKER_HOST: string; readonly DOCKER_SOCKET: string };
  /** Its first process, as the machine sees it. */
  readonly pid: number;
}

export interface OwnEngine extends Engine {
  /** Where its control groups are, below each hierarchy. */
  readonly cgroupParent: string;
  stop(): Promise<void>;
}

/** @throws when a program is missing or the engine does not start, with its last words. */
export async function startEngine(cgroupParent = `${PREFIX}${process.pid}`): Promise<OwnEngine> {
  await requirePrograms();
  const [file = '', ...args] = engineWords(cgroupParent);
  const child = spawn(file, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint += text;
  });
  const ended = once(child, 'exit');
  const engine = await engineUnder(child.pid ?? 0);
  if (engine === null) {
    child.kill('SIGKILL');
    throw new Error(`no Docker engine can be started here. It needs root, and may need more:\n${complaint}`);
  }
  const stop = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
    await gone(engine.pid);
    await removeControlGroups(cgroupParent);
  };
  return { ...engine, cgroupParent, stop };
}

/** The engine that this `unshare` has started, once it answers; `null` when it does not. */
export async function engineUnder(unshare: number): Promise<Engine | null> {
  for (let attempt = 0; attempt < ATTEMPTS && existsSync(`/proc/${unshare}/exe`); attempt++) {
    const pid = onlyChildOf(unshare);
    const env = { DOCKER_HOST: `unix:///proc/${pid}/root/run/docker.sock`, DOCKER_SOCKET: '/run/docker.sock' };
    if (pid !== null && (await command(['docker', 'version'], { env })).exitCode === 0) return { env, pid };
    await sleep(PAUSE_MS);
  }
  return null;
}

/** The command that starts it, until its parent ends. The name of its control group comes last. */
export function engineWords(...cgroupParent: readonly string[]): string[] {
  const namespaces = ['unshare', '--net', '--mount', '--pid', '--fork', '--kill-child=KILL', '--mount-proc'];
  return ['setpriv', '--pdeathsig', 'KILL', ...namespaces, INSIDE, ...cgroupParent];
}

/** Waits for it: process 1 is gone when all other processes of its namespace are. */
export async function gone(pid: number): Promise<void> {
  for (let attempt = 0; existsSync(`/proc/${pid}`); attempt++) {
    if (attempt === ATTEMPTS) throw new Error(`process ${pid} of the engine does not end`);
    await sleep(PAUSE_MS);
  }
}

function onlyChildOf(pid: number): number | null {
  try {
    const child = Number.parseInt(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8'), 10);
    return Number.isNaN(child) ? null : child;
  } catch {
    return null;
  }
}

async function requirePrograms(): Promise<void> {
  const found = await Promise.all(PROGRAMS.map((name) => command(['sh', '-c', `command -v ${name}`])));
  const missing = PROGRAMS.filter((_, index) => found[index]?.exitCode !== 0);
  if (missing.length > 0)
    throw new Error(`the tests with Docker need ${missing.join(', ')}: scripts/e2e-docker installs them`);
}
