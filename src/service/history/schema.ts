/**
 * The layout of the file: steps that are only ever added to, so that every older file can be brought up to date.
 * `docs/history.md` explains each table and column.
 */

import type { Connection } from './connection.ts';
import { damaged, foreign, newer } from './damage.ts';

/** "MTUP": whose file it is, for `file` and for us (sqlite.org/fileformat2.html §1.3.18). */
export const APPLICATION_ID = 0x4d545550;

/**
 * What points refer to is small and lives long; `runs` has no foreign key from them, since each run that goes would have
 * to look through all points. Points lie in the order in which a chart reads them.
 */
const FIRST = `
CREATE TABLE paths (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  state TEXT,
  reported_at INTEGER,
  judged_at INTEGER
) STRICT;
CREATE TABLE runs (
  id INTEGER PRIMARY KEY,
  target TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  duration_ms REAL NOT NULL,
  points INTEGER NOT NULL
) STRICT;
CREATE INDEX runs_without_points ON runs (started_at) WHERE points = 0;
CREATE TABLE points (
  path INTEGER NOT NULL REFERENCES paths (key),
  at INTEGER NOT NULL,
  run INTEGER NOT NULL,
  verdict TEXT NOT NULL,
  masked INTEGER NOT NULL,
  failed INTEGER NOT NULL,
  forward_path_mtu INTEGER,
  forward_exact INTEGER NOT NULL,
  forward_behaviour TEXT NOT NULL,
  reverse_path_mtu INTEGER,
  reverse_exact INTEGER NOT NULL,
  reverse_behaviour TEXT NOT NULL,
  rtt_ms REAL,
  duration_ms REAL NOT NULL,
  PRIMARY KEY (path, at, run)
) STRICT, WITHOUT ROWID;
CREATE INDEX points_by_age ON points (failed, at);
CREATE TABLE reports (
  path INTEGER NOT NULL REFERENCES paths (key),
  at INTEGER NOT NULL,
  turned INTEGER NOT NULL,
  report TEXT NOT NULL,
  PRIMARY KEY (path, at)
) STRICT;
CREATE INDEX reports_by_age ON reports (at) WHERE turned = 1;
CREATE TABLE events (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  at INTEGER NOT NULL,
  target TEXT,
  path_id TEXT,
  summary TEXT NOT NULL,
  before TEXT,
  after TEXT
) STRICT;
CREATE INDEX events_by_path ON events (path_id, id);
CREATE INDEX events_by_age ON events (at);
CREATE TABLE cursors (
  receiver TEXT PRIMARY KEY,
  event INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
PRAGMA application_id = ${APPLICATION_ID};
`;

/** Step n makes layout n. What has been released is not changed any more. */
export const MIGRATIONS: readonly string[] = [FIRST];

/**
 * Which layout the file has; 0 is a new one. Writes nothing.
 * @throws EnvironmentError when it is not one of ours, or of a version that is not known yet.
 */
export function layoutOf(connection: Connection, migrations = MIGRATIONS): number {
  const owner = connection.number('application_id');
  const version = connection.number('user_version');
  const tables = connection.first<{ count: number }>('SELECT count(*) AS count FROM sqlite_schema')?.count ?? 0;
  if (owner === 0 && version === 0 && tables === 0) return 0;
  if (owner !== APPLICATION_ID) throw foreign(connection.name);
  if (version > migrations.length) throw newer(connection.name, version, migrations.length);
  if (version === 0) throw damaged(connection.name, 'its layout has no number');
  return version;
}

/** Each step as a whole: who is killed between two goes on from there. */
export function migrate(connection: Connection, from: number, migrations = MIGRATIONS): void {
  for (const [index, step] of migrations.entries()) {
    if (index < from) continue;
    connection.transaction(() => connection.execute(`${step}; PRAGMA user_version = ${index + 1};`));
  }
}
