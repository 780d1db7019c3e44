/** Puts text where it was asked for: stdout, or a file that is either old or complete. */

import { randomBytes } from 'node:crypto';
import {
  accessSync,
  appendFileSync,
  chmodSync,
  closeSync,
  constants,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { EnvironmentError, UsageError } from '../errors.ts';

/** A file as somebody named it. */
export interface NamedFile {
  readonly path: string;
  /** What was typed, for messages. */
  readonly typed: string;
}

/** Checked before anything is sent: a measurement whose report cannot be written is of no use. @throws UsageError */
export function requireWritable({ path, typed }: NamedFile): void {
  try {
    const { file, replaceable } = placeOf(path);
    if (replaceable) {
      const part = temporary(file);
      closeSync(openSync(part, 'wx'));
      rmSync(part);
    } else accessSync(requireNoFolder(file), constants.W_OK);
  } catch (error) {
    throw new UsageError(
      `${typed} cannot be written (${reason(error)}): name a file in a folder that exists and is yours`,
    );
  }
}

/** @throws EnvironmentError when the file system fills up or goes away meanwhile. */
export function writeFile({ path, typed }: NamedFile, text: string): void {
  try {
    const { file, replaceable } = placeOf(path);
    if (replaceable) replaceFile(file, text);
    else writeFileSync(file, text);
  } catch (error) {
    throw new EnvironmentError(`${typed} could not be written (${reason(error)}): make room, or name another file`);
  }
}

/** At once, or not at all. Who may read the old one may read the new one, and nobody else. */
function replaceFile(file: string, text: string): void {
  const part = temporary(file);
  const before = statSync(file, { throwIfNoEntry: false });
  try {
    writeFileSync(part, text, { flag: 'wx' });
    if (before !== undefined) chmodSync(part, before.mode);
    renameSync(part, file);
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  }
}

/** @throws EnvironmentError */
export function appendFile({ path, typed }: NamedFile, text: string): void {
  try {
    appendFileSync(path, text);
  } catch (error) {
    throw new EnvironmentError(`${typed} could not be written (${reason(error)}): make room, or unset it`);
  }
}

/** Two reports in one file would leave the last one. Devices and pipes take any number. @throws UsageError */
export function requireDistinct(files: readonly NamedFile[]): void {
  const first = new Map<string, string>();
  for (const { path, typed } of files) {
    const { file, replaceable } = placeOf(path);
    const other = first.get(file);
    if (replaceable && other !== undefined) {
      throw new UsageError(`${typed} is the file of ${other} as well: give each report a file of its own`);
    }
    first.set(file, typed);
  }
}

/**
 * Resolves when the text is handed over; a reader that has gone away (EPIPE) wants no more of it.
 *
 * @throws EnvironmentError when stdout takes nothing, as a file on a full disk.
 */
export function writeStdout(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = (error?: Error | null): void => {
      if (error === null || error === undefined || reason(error) === 'EPIPE') resolve();
      else
        reject(
          new EnvironmentError(
            `stdout could not be written (${reason(error)}): make room, or name a file with --output`,
          ),
        );
    };
    process.stdout.on('error', done);
    process.stdout.write(text, done);
  });
}

interface Place {
  /** Whole and without symbolic links: what a link points to is written, and the link stays. */
  readonly file: string;
  /** A device or pipe is written to, never replaced. */
  readonly replaceable: boolean;
}

function placeOf(path: string): Place {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return { file: join(realpathSync(dirname(path)), basename(path)), replaceable: true };
  const file = realpathSync(path);
  if (found.isFile()) accessSync(file, constants.W_OK);
  return { file, replaceable: found.isFile() };
}

function requireNoFolder(file: string): string {
  if (statSync(file).isDirectory()) throw Object.assign(new Error('a folder'), { code: 'EISDIR' });
  return file;
}

/** In the same folder, so that renaming replaces the file at once. What an earlier process left is in nobody's way. */
function temporary(path: string): string {
  return `${path}.${randomBytes(RANDOM_BYTES).toString('hex')}.part`;
}

/** Process ids will not do: in containers they are all the same. */
const RANDOM_BYTES = 6;

function reason(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? (error as Error).message;
}
