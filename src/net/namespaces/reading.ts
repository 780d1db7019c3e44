/** Files of other processes: they end, or may not be read, at any moment, and that is no error. */

import { closeSync, constants, fstatSync, openSync } from 'node:fs';
import { textFrom } from '../beginning-of.ts';

export type Reading<Value> =
  | { readonly kind: 'read'; readonly value: Value }
  /** There is no such process or file, or no more. */
  | { readonly kind: 'gone' }
  /** The kernel does not let this process look (ptrace(2), "Ptrace access mode checking"). */
  | { readonly kind: 'forbidden' };

const GONE: Reading<never> = { kind: 'gone' };
const FORBIDDEN: Reading<never> = { kind: 'forbidden' };
/**
 * ESRCH: it ended between two calls. EINVAL: a link where there is a file. ELOOP, ENAMETOOLONG, ENOTDIR: a tree that
 * somebody else made. ENXIO: a socket, opened.
 */
const GONE_CODES = ['ENOENT', 'ESRCH', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG', 'EINVAL', 'ENXIO', 'EISDIR'];

/** @throws whatever is neither: a disk that fails is for the operator to know. */
export function reading<Value>(read: () => Value): Reading<Value> {
  try {
    return { kind: 'read', value: read() };
  } catch (error) {
    const code = codeOf(error);
    if (code !== null && GONE_CODES.includes(code)) return GONE;
    if (code === 'EACCES' || code === 'EPERM') return FORBIDDEN;
    throw error;
  }
}

/** What there is to read, or `null`, for whom it does not matter why not. */
export function readOr<Value>(read: () => Value): Value | null {
  const result = reading(read);
  return result.kind === 'read' ? result.value : null;
}

export function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error ? String(error.code) : null;
}

/**
 * The beginning of a file, at most so many bytes of it.
 *
 * Of anything but files nothing is read, and opening does not wait: a pipe that lies in its place would hold this process
 * up for ever.
 */
export function beginningOf(path: string, bytes: number): string {
  const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    if (!fstatSync(file).isFile()) return '';
    return textFrom(file, bytes);
  } finally {
    closeSync(file);
  }
}
