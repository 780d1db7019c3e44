/** The `libsql` package, whose native part is a package of its own for each system: one that npm may have left out. */

import type Database from 'libsql';
import { EnvironmentError } from '../../errors.ts';

/** What Node.js says when there is no such package, and what the dynamic linker does when it is for another C library. */
const MISSING = ['MODULE_NOT_FOUND', 'ERR_MODULE_NOT_FOUND', 'ERR_DLOPEN_FAILED'];

/**
 * Also for a history in memory.
 *
 * @throws EnvironmentError where this system has no native part.
 */
export async function loadLibsql(
  load: () => Promise<{ default: typeof Database }> = () => import('libsql'),
): Promise<typeof Database> {
  try {
    return (await load()).default;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined || !MISSING.includes(code)) throw error;
    throw new EnvironmentError(
      `the history needs libsql, which does not load here (${message.split('\n')[0]}): install mtu-probe anew, ` +
        'on the system where it runs and without "--omit=optional"',
      { cause: error },
    );
  }
}
