/** The configuration of `watch`, read from this process and its files. */

import { open } from 'node:fs/promises';
import { type LoadedWatchOptions, loadWatchOptions } from '../config/watch/load.ts';
import type { CheckTarget, ReadFile } from '../config/watch/outside.ts';
import { UsageError } from '../errors.ts';
import { parseTarget } from '../net/target.ts';

/** @param given what the command line said. @throws UsageError. */
export function readConfiguration(given: unknown): Promise<LoadedWatchOptions> {
  return loadWatchOptions(given, process.env, { readFile: readBytes, checkTarget, now: () => new Date() });
}

/** A device that never ends is given up. */
const readBytes: ReadFile = async (file, most) => {
  const handle = await open(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (handle === null) return null;
  try {
    const buffer = Buffer.alloc(most + 1);
    let length = 0;
    for (let count = -1; count !== 0 && length < buffer.byteLength; length += count) {
      count = (await handle.read(buffer, length, buffer.byteLength - length, null)).bytesRead;
    }
    return buffer.subarray(0, length);
  } finally {
    await handle.close();
  }
};

const checkTarget: CheckTarget = (target, options) => {
  try {
    parseTarget(target, options);
    return null;
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
};
