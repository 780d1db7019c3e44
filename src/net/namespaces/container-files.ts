/**
 * Files of a container, as a process of its own reads them: below its root may lie a file system in user space, whose
 * owner answers when it pleases. Whoever waits for it hears no signal but SIGKILL, so this process never does.
 *
 * ```
 * this process ── root, paths ─▶ read-files ── texts ─▶ kept here; killed when it takes too long
 * ```
 */

import { spawnSync } from 'node:child_process';
import { EnvironmentError } from '../../errors.ts';
import { program } from '../../shipped.ts';
import type { Files, Wanted } from '../surroundings.ts';

export interface ReadRequest {
  /** Its process id. */
  readonly parent: number;
  readonly wanted: readonly Wanted[];
}

/** By path; `null` where there is none, or it may not be read. */
export type FoundFiles = Readonly<Record<string, string | null>>;

/** A hundred times what it takes. */
const LIMIT_MS = 5_000;
/** Six times the files themselves: what is no text becomes `\u0000` and the like. */
const MOST_BYTES = 32 * 1024 * 1024;

/**
 * @param root descriptor of its root directory. @param wanted all that will be asked for; anything else is not there.
 * @returns `null` where they do not answer in time. @throws EnvironmentError when the process cannot be started.
 */
export function containerFiles(root: number, wanted: readonly Wanted[], limitMs = LIMIT_MS): Files | null {
  const request: ReadRequest = { parent: process.pid, wanted };
  const [file = '', ...args] = program('net/namespaces/read-files', JSON.stringify(request));
  const { stdout, status, signal, error } = spawnSync(file, args, {
    stdio: ['ignore', 'pipe', 'ignore', root],
    encoding: 'utf8',
    timeout: limitMs,
    killSignal: 'SIGKILL',
    maxBuffer: MOST_BYTES,
  });
  if (error !== undefined && 'code' in error && error.code === 'ETIMEDOUT') return null;
  if (status !== 0) {
    throw new EnvironmentError(`the process that reads files of the container ended with ${error ?? signal ?? status}`);
  }
  const found = JSON.parse(stdout) as FoundFiles;
  return {
    beginningOf: (path, longest) => {
      const text = found[path] ?? null;
      return text === null ? null : Buffer.from(text).toString('utf8', 0, longest);
    },
    isThere: (path) => (found[path] ?? null) !== null,
  };
}
