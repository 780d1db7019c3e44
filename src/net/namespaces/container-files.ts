/**
 * Files of a container, as a process of its own reads them: below its root may lie a file system in user space, whose
 * owner answers when it pleases. Whoever waits for it hears no signal, not even SIGKILL once the question is taken
 * (fs/fuse/dev.c, request_wait_answer), so this process never does, nor for the one that does.
 *
 * ```
 * this process ── root, paths ─▶ read-files ── texts ─▶ kept here; killed and left alone when it takes too long
 * ```
 */

import { spawn } from 'node:child_process';
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
export async function containerFiles(
  root: number,
  wanted: readonly Wanted[],
  limitMs = LIMIT_MS,
): Promise<Files | null> {
  const text = await read(root, wanted, limitMs);
  if (text === null) return null;
  const found = JSON.parse(text) as FoundFiles;
  return {
    beginningOf: (path, longest) => {
      const text = found[path] ?? null;
      return text === null ? null : Buffer.from(text).toString('utf8', 0, longest);
    },
    isThere: (path) => (found[path] ?? null) !== null,
  };
}

/** @returns what the process wrote; `null` where it takes too long. It ends when the file system lets it. */
function read(root: number, wanted: readonly Wanted[], limitMs: number): Promise<string | null> {
  const request: ReadRequest = { parent: process.pid, wanted };
  const [file = '', ...args] = program('net/namespaces/read-files', JSON.stringify(request));
  const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'ignore', root] });
  const pieces: Buffer[] = [];
  let bytes = 0;
  return new Promise((resolve, reject) => {
    const fail = (end: unknown): void =>
      reject(new EnvironmentError(`the process that reads files of the container ended with ${end}`));
    const leave = (): void => {
      child.kill('SIGKILL');
      child.stdout?.destroy();
      child.unref();
    };
    const limit = setTimeout(() => {
      leave();
      resolve(null);
    }, limitMs);
    child.stdout?.on('data', (piece: Buffer) => {
      bytes += piece.byteLength;
      if (bytes <= MOST_BYTES) return void pieces.push(piece);
      leave();
      fail(`more than ${MOST_BYTES} bytes`);
    });
    child.on('error', fail);
    child.on('close', (code, signal) => {
      clearTimeout(limit);
      if (code === 0) resolve(Buffer.concat(pieces).toString('utf8'));
      else fail(signal ?? code);
    });
  });
}
