/** Containers of deploy/kubernetes without a cluster: what they are told as it stands, under what they may do there. */

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import type { Network } from './nodes.ts';

const SCRIPT = fileURLToPath(new URL('container', import.meta.url));
const ENTRYPOINT = '/usr/bin/mtu-probe';

interface Ended {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Place {
  /** Files by path, over those of this machine. */
  readonly files: Readonly<Record<string, string>>;
  readonly environment?: Readonly<Record<string, string>>;
  /** The network that it joins; without one it has an empty one of its own. */
  readonly network?: Network;
  readonly user?: number;
  /** As for setpriv. */
  readonly capabilities?: string;
}

interface Started {
  readonly ended: Promise<Ended>;
  /** Another command in there, as a probe of the kubelet is one. */
  exec(command: readonly string[]): Ended;
  /** As the kubelet stops a container. */
  stop(): void;
}

/** @param args behind the entry point of the image. */
export function start(args: readonly string[], place: Place): Started {
  const { files, environment = {}, network, user = 65532, capabilities = '-all' } = place;
  const variables = Object.entries(environment).map(([name, value]) => `${name}=${value}`);
  // The kernel ends it when this process is no more, however that came about.
  const words = [
    ...['--pdeathsig', 'KILL'],
    ...(network === undefined ? ['unshare', '--net'] : ['nsenter', `--net=${network}`, 'unshare']),
    ...['--mount', '--pid', '--fork', '--kill-child', '--mount-proc'],
    ...[SCRIPT, folderOf(files), String(user), capabilities, '/usr/bin/env', ...variables, ENTRYPOINT, ...args],
  ];
  const child = spawn('setpriv', words, { stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text: string) => {
      said[stream] += text;
    });
  }
  const closed = once(child, 'close');
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await closed;
  });
  return {
    ended: closed.then(([exitCode]) => ({ exitCode: exitCode as number | null, ...said })),
    exec: (command) => execute(insideOf(child), user, command),
    stop: () => void process.kill(insideOf(child), 'SIGTERM'),
  };
}

function execute(pid: number, user: number, command: readonly string[]): Ended {
  const joined = ['--target', String(pid), '--mount', '--net', '--pid', '--root', '--wd=/'];
  const privileges = ['--reuid', String(user), '--regid', String(user), '--clear-groups', '--no-new-privs'];
  const words = [...joined, 'setpriv', ...privileges, ...command];
  const { status, stdout, stderr } = spawnSync('nsenter', words, { encoding: 'utf8' });
  return { exitCode: status, stdout, stderr };
}

/** The first process of the namespaces that `unshare` made. */
function insideOf({ pid }: ChildProcess): number {
  return Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim());
}

function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'mtu-probe-container-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, 'root'));
  for (const [path, text] of Object.entries(files)) {
    const file = join(folder, 'files', path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return folder;
}
