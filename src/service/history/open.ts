/** Opens the file, or says in one line why that is not possible. It is never emptied, repaired or replaced. */

import { statSync } from 'node:fs';
import type { HistoryOptions } from '../../config/watch/options.ts';
import { Connection } from './connection.ts';
import { damaged, unopened } from './damage.ts';
import type { History } from './history.ts';
import { loadLibsql } from './load-libsql.ts';
import { placeOf } from './place.ts';
import { layoutOf, migrate } from './schema.ts';
import { SqliteHistory } from './store.ts';

/** For a reader that is just about to finish; the one who holds the file for good is told of soon enough. */
const BUSY_MS = 1000;
/** It is cut to this when it was longer: the log of a large clean-up need not stay on the disk. */
const LOG_BYTES = 8 * 1024 * 1024;
/** The pages that a hundred paths write to: with SQLite's own 2 MB a clean-up reads them again and again. */
const CACHE_KIB = 8 * 1024;
/** SQLite looks through 200 MB a second where the file is in memory (measured): above, start-up would take too long. */
const CHECKED_BYTES = 256 * 1024 * 1024;

/**
 * One process has the file for itself until it ends, however it ends: two would number their events twice. Nobody else in
 * it may open the file meanwhile, not even to read: the lock goes with the first one that closes it (fcntl(2)). A file
 * that was refused may stay locked until the process ends.
 *
 * @param clock milliseconds that only grow; how long `prune` may take is measured by it.
 * @throws UsageError when no file can be there.
 * @throws EnvironmentError when it is damaged, of another program or a newer version, in use, or its disk refuses; and
 * where libsql is not installed for this system.
 */
export async function openHistory(options: HistoryOptions, clock = () => performance.now()): Promise<History> {
  const name = options.path ?? 'in memory';
  const file = options.path === null ? ':memory:' : placeOf(options.path);
  const Database = await loadLibsql();
  const connection = new Connection(
    opened(() => new Database(file, { timeout: BUSY_MS }), name),
    name,
  );
  try {
    // Before anything is read: it is this that makes the first read take the lock, and keep it.
    connection.execute('PRAGMA locking_mode = EXCLUSIVE');
    const layout = layoutOf(connection);
    if (options.path !== null) checkLength(connection, file);
    checkPages(connection);
    prepare(connection);
    migrate(connection, layout);
    return new SqliteHistory(connection, options, clock);
  } catch (error) {
    connection.close();
    throw error;
  }
}

function opened<Result>(open: () => Result, name: string): Result {
  try {
    return open();
  } catch (error) {
    throw unopened(name, error);
  }
}

/**
 * SQLite sees that pages are missing, but takes the lost end of the last one for zeros. After a kill, what is missing may
 * be in the log.
 */
function checkLength(connection: Connection, file: string): void {
  const mode = connection.first<{ journal_mode: string }>('PRAGMA journal_mode')?.journal_mode;
  const length = statSync(file).size;
  const expected = connection.number('page_count') * connection.number('page_size');
  if (mode === 'delete' && length < expected) {
    throw damaged(connection.name, `of ${expected} bytes only the first ${length} are there`);
  }
}

/** Whether each page is what its place in the file makes of it. */
function checkPages(connection: Connection): void {
  const bytes = connection.number('page_count') * connection.number('page_size');
  const tables = bytes <= CHECKED_BYTES ? ['1'] : ['paths', 'cursors'];
  for (const argument of tables) {
    const found = connection.first<{ quick_check: string }>(`PRAGMA quick_check(${argument})`)?.quick_check;
    if (found !== undefined && found !== 'ok') throw damaged(connection.name, found);
  }
}

function prepare(connection: Connection): void {
  connection.execute('PRAGMA foreign_keys = ON');
  // Negative: KiB instead of pages.
  connection.execute(`PRAGMA cache_size = -${CACHE_KIB}`);
  // Has to stand before the first table.
  connection.execute('PRAGMA auto_vacuum = INCREMENTAL');
  connection.execute('PRAGMA journal_mode = WAL');
  connection.execute(`PRAGMA journal_size_limit = ${LOG_BYTES}`);
}
