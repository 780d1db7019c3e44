/**
 * Docker engines that can be asked from here: that of this machine, and those that run inside containers, on their
 * sockets as seen through their processes.
 */

import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { EngineProcess } from './engine-processes.ts';
import { wordsOf } from './processes.ts';
import { readOr } from './reading.ts';
import { pathIn, type Root } from './roots.ts';

/** dockerd's default, under both names of the folder (FHS 3.0 §5.13: /var/run is /run). */
const DOCKER_SOCKETS = ['/var/run/docker.sock', '/run/docker.sock'];
/** podman-system-service(1) speaks the same language. */
const PODMAN_SOCKETS = ['/run/podman/podman.sock'];
const UNIX = 'unix://';
const LONGEST_SOCKET_PATH = 107; // sockaddr_un.sun_path with its zero byte (unix(7))
const MOST_ENGINES = 32;

export interface Engine {
  /** As in "the Docker engine of process 4711". */
  readonly label: string;
  readonly socket: string;
  /** The one that clients ask from here. */
  readonly isOurs: boolean;
  /** Where the paths are that it tells of. */
  readonly root: Root;
  /** `null` where its process is not to be seen. */
  readonly pid: number | null;
}

export interface EngineSurroundings {
  readonly root: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly proc: string;
  readonly engines: readonly EngineProcess[];
}

/** Ours first, each once. */
export function reachableEngines({ root, environment, proc, engines }: EngineSurroundings): Engine[] {
  const tree = { path: root, mounts: null };
  const configured = environment['DOCKER_HOST']?.startsWith(UNIX)
    ? [environment['DOCKER_HOST'].slice(UNIX.length)]
    : [];
  const own = [...configured, ...DOCKER_SOCKETS.map((path) => join(root, path))].map(
    (socket): Engine => ({ label: `at ${socket}`, socket, isOurs: true, root: tree, pid: null }),
  );
  const others = engines.flatMap((engine) => enginesOf(proc, engine));
  const found = new Map<string, Engine>();
  for (const engine of [...own, ...others]) {
    const identity = socketIdentity(engine.socket);
    if (identity === null) continue;
    const known = found.get(identity);
    if (known === undefined && found.size < MOST_ENGINES) found.set(identity, engine);
    // Ours may be that of a machine around this container, which handed its socket in: its paths are out there.
    if (known?.pid === null) found.set(identity, { ...known, root: engine.root, pid: engine.pid });
  }
  return [...found.values()];
}

function enginesOf(proc: string, { pid, program, root }: EngineProcess): Engine[] {
  if (program !== 'dockerd' && program !== 'podman') return [];
  const usual = program === 'dockerd' ? DOCKER_SOCKETS : PODMAN_SOCKETS;
  const words = readOr(() => wordsOf(proc, pid)) ?? [];
  return [...hostsIn(words), ...usual].flatMap((path) => {
    const socket = pathIn(root, path);
    return socket === null ? [] : [{ label: `of process ${pid}`, socket, isOurs: false, root, pid }];
  });
}

/** `-H unix:///PATH`, `--host=unix:///PATH` (dockerd(8)). */
export function hostsIn(words: readonly string[]): string[] {
  return words.flatMap((word, index) => {
    const [option = '', inline] = word.split(/=(.*)/s);
    if (option !== '-H' && option !== '--host') return [];
    const value = inline ?? words[index + 1] ?? '';
    return value.startsWith(`${UNIX}/`) ? [value.slice(UNIX.length)] : [];
  });
}

/** The same socket has many paths. @returns `null` for what is none. */
function socketIdentity(path: string): string | null {
  if (Buffer.byteLength(path) > LONGEST_SOCKET_PATH) return null;
  const found = readOr(() => statSync(path));
  return found?.isSocket() ? `${found.dev}:${found.ino}` : null;
}
