/** Files with targets, read before anything else is done. */

import { closeSync, openSync, readSync } from 'node:fs';
import { parseTargetList } from '../config/target-list.ts';
import { UsageError } from '../errors.ts';

const STDIN = 0;
/** More than a thousand names of the longest kind (RFC 1035 §2.3.4: 255 bytes); a device that never ends is given up. */
const LARGEST_FILE = 1024 * 1024;

/**
 * @param files names of files, `-` for standard input.
 * @throws UsageError when one cannot be read, is too large, or names no target.
 */
export function readTargetLists(files: readonly string[]): string[] {
  return files.flatMap((file) => {
    const name = file === '-' ? '--targets - (standard input)' : `--targets ${file}`;
    return parseTargetList(read(file, name), name);
  });
}

function read(file: string, name: string): string {
  const buffer = Buffer.alloc(LARGEST_FILE + 1);
  let length = 0;
  try {
    const fd = file === '-' ? STDIN : openSync(file, 'r');
    for (let count = -1; count !== 0 && length < buffer.byteLength; length += count) {
      count = readSync(fd, buffer, length, buffer.byteLength - length, null);
    }
    if (fd !== STDIN) closeSync(fd);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new UsageError(`${name} cannot be read (${code}): name a file with one target a line`);
  }
  if (length > LARGEST_FILE) throw new UsageError(`${name} is larger than 1 MiB: name a file with one target a line`);
  return buffer.toString('utf8', 0, length);
}
