/** Whether a file can be kept where the operator wants it; SQLite's own words for these are one and the same. */

import { type Stats, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { UsageError } from '../../errors.ts';
import { headless } from './damage.ts';

/**
 * @returns the absolute path: SQLite and libsql would take `file:…` or `:memory:` for something else.
 * @throws UsageError, EnvironmentError
 */
export function placeOf(name: string): string {
  const file = resolve(name);
  const folder = statOf(name, dirname(file));
  if (folder === null) {
    throw new UsageError(`the folder of the history ${name} does not exist: create ${dirname(file)}`);
  }
  const found = statOf(name, file);
  if (found?.isDirectory()) throw new UsageError(`the history ${name} is a folder: name a file in it with --history`);
  // To open a pipe waits for whoever is at its other end.
  if (found !== null && !found.isFile()) {
    throw new UsageError(`the history ${name} is not a regular file: name another one with --history`);
  }
  const log = `${file}-wal`;
  if ((found?.size ?? 0) === 0 && (statOf(name, log)?.size ?? 0) > 0) throw headless(name, log);
  return file;
}

function statOf(name: string, path: string): Stats | null {
  try {
    return statSync(path, { throwIfNoEntry: false }) ?? null;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const line = `the history ${name} cannot be there (${reason}): name another file with --history`;
    throw new UsageError(line, { cause: error });
  }
}
