/** Files of others, and of the kernel, read no further than anybody needs. */

import { closeSync, openSync, readSync } from 'node:fs';

/** Begun with, and doubled where it is full: most files are short, whatever they may be at most. */
const FIRST_BYTES = 64 * 1024;

/** @returns at most so many bytes, or `null` for a file that is not there, is a folder or may not be read. */
export function beginningOf(path: string, mostBytes: number): string | null {
  try {
    const file = openSync(path, 'r');
    try {
      return textFrom(file, mostBytes);
    } finally {
      closeSync(file);
    }
  } catch {
    return null;
  }
}

/** @returns at most so many bytes from where the descriptor stands. @throws what the system says. */
export function textFrom(file: number, mostBytes: number): string {
  let bytes = Buffer.allocUnsafe(Math.min(mostBytes, FIRST_BYTES));
  let length = 0;
  for (;;) {
    // The kernel hands its files out a page at a time, whatever is asked for.
    const read = readSync(file, bytes, length, bytes.byteLength - length, null);
    length += read;
    if (read === 0 || length === mostBytes) return bytes.toString('utf8', 0, length);
    if (length === bytes.byteLength) bytes = Buffer.concat([bytes], Math.min(mostBytes, 2 * length));
  }
}
