/** What is wrong with the file of the history, in one line that says what to do. The file itself is left as it is. */

import { EnvironmentError } from '../../errors.ts';

const ANOTHER = 'or name another file with --history';

/** Primary result codes of SQLite (sqlite.org/rescode.html) that are the machine's doing, not the program's. */
const REASONS: Readonly<Record<number, string>> = {
  5: `is in use by another process, perhaps a second "mtu-probe watch": stop that one, ${ANOTHER}`,
  6: `is in use by another process, perhaps a second "mtu-probe watch": stop that one, ${ANOTHER}`,
  7: 'needs more memory than there is: give this process more',
  8: `can only be read: let this user write it and its folder, ${ANOTHER}`,
  10: `cannot be read or written, the disk or its file system fails: see the kernel's log, ${ANOTHER}`,
  11: `is damaged: move it away or restore a copy, ${ANOTHER}`,
  13: `cannot grow, its disk is full: free some space there, ${ANOTHER}`,
  14: `cannot be opened: let this user write it and its folder, ${ANOTHER}`,
  22: `is larger than its file system allows: move it to another one, ${ANOTHER}`,
  26: `is not a history of mtu-probe, nor any SQLite file: move it away, ${ANOTHER}`,
};
const CANNOT_OPEN = 14;

/** @returns an EnvironmentError where the machine is at fault; else what came. */
export function explained(name: string, error: unknown): unknown {
  const reason = reasonOf(error);
  return reason === null ? error : troubled(name, reason, error);
}

/** For what libsql says without a code when it opens a file. */
export function unopened(name: string, cause: unknown): EnvironmentError {
  return troubled(name, REASONS[CANNOT_OPEN] ?? '', cause);
}

/** @param detail what SQLite found; only its first line is told. */
export function damaged(name: string, detail: string): EnvironmentError {
  const found = detail.replace('*** in database main ***', '').trim().split('\n')[0];
  return troubled(name, `is damaged (${found}): move it away or restore a copy, ${ANOTHER}`);
}

export function foreign(name: string): EnvironmentError {
  return troubled(name, `is an SQLite file of another program: ${ANOTHER.replace('or ', '')}`);
}

export function newer(name: string, version: number, known: number): EnvironmentError {
  const reason = `was written by a newer mtu-probe (layout ${version}, this one knows ${known})`;
  return troubled(name, `${reason}: use that version, ${ANOTHER}`);
}

/** SQLite would delete such a log without a word. */
export function headless(name: string, log: string): EnvironmentError {
  return troubled(name, `is missing or empty, while its log ${log} is there: restore it, or move the log away`);
}

function troubled(name: string, reason: string, cause?: unknown): EnvironmentError {
  return new EnvironmentError(`the history ${name} ${reason}`, { cause });
}

function reasonOf(error: unknown): string | null {
  if (!(error instanceof Error) || !('rawCode' in error) || typeof error.rawCode !== 'number') return null;
  // The low byte of an extended code is its primary one.
  return REASONS[error.rawCode & 0xff] ?? null;
}
