/** Puts the report where it was asked for: stdout, or a file that is either old or complete. */

import { closeSync, openSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { UsageError } from '../errors.ts';

/** Checked before anything is sent: a measurement whose report cannot be written is of no use. @throws UsageError */
export function requireWritable(path: string): void {
  try {
    const target = isReplaceable(path) ? temporary(path) : path;
    closeSync(openSync(target, 'w'));
    if (target !== path) rmSync(target);
  } catch (error) {
    throw new UsageError(
      `--output ${path} cannot be written (${reason(error)}): name a file in a folder that exists and is yours`,
    );
  }
}

/** @throws UsageError when the file system fills up meanwhile. */
export function writeFile(path: string, text: string): void {
  try {
    if (!isReplaceable(path)) return writeFileSync(path, text);
    writeFileSync(temporary(path), text);
    renameSync(temporary(path), path);
  } catch (error) {
    throw new UsageError(`--output ${path} could not be written (${reason(error)})`);
  }
}

/** A device or pipe is written to, never replaced; a folder is neither. */
function isReplaceable(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? true;
}

/** Resolves when the text is handed over; a reader that has gone away (EPIPE) wants no more of it. */
export function writeStdout(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.on('error', (error: NodeJS.ErrnoException) => (error.code === 'EPIPE' ? resolve() : reject(error)));
    process.stdout.write(text, () => resolve());
  });
}

/** In the same folder, so that renaming replaces the file at once. */
function temporary(path: string): string {
  return `${path}.${process.pid}.part`;
}

function reason(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? (error as Error).message;
}
