/**
 * What goes, and in which order: what is too old, then what is too much. In small transactions until the time that one
 * call may take is used up; the next call goes on from there. States of paths, and the reports they rest on, stay.
 */

import type { HistoryOptions } from '../../config/watch/options.ts';
import type { Connection, Value } from './connection.ts';

/** Probes are sent and answered on the same thread. What was deleted has to be written too, which takes as long again. */
const BUDGET_MS = 20;
/** Rows in one transaction. With fewer, each page that holds the oldest of some paths is written more often. */
const BATCH = 1000;
/** Of events and reports, which are a hundred times as long. */
const LONG_BATCH = 20;
/** Pages given back at once. */
const PAGES = 64;
/** Free pages are used again by what comes next; more of them than this share of the file are given back. */
const IDLE_SHARE = 1 / 8;

type Limits = Pick<HistoryOptions, 'keepSuccessesMs' | 'keepFailuresMs' | 'maxSize'>;

interface PointKey {
  readonly path: number;
  readonly at: number;
  readonly run: number;
}

/** What one step did: whether it may have left something, and how many runs are gone by it. */
interface Swept {
  readonly rows: number;
  readonly runs: number;
}

type Step = () => Swept;
type IsOver = () => boolean;

/** @param now milliseconds since 1970. @param clock milliseconds that only grow. @returns how many runs went. */
export function prune(connection: Connection, limits: Limits, now: number, clock: () => number): number {
  const end = clock() + BUDGET_MS;
  const isOver = () => clock() >= end;
  const steps: readonly Step[] = [
    ...byAge(connection, limits, now, isOver),
    () => bySize(connection, limits.maxSize, isOver),
    () => shrink(connection, limits.maxSize),
  ];
  let runs = 0;
  for (const step of steps) {
    for (let rows = 1; rows > 0; ) {
      if (isOver()) return runs;
      const swept = step();
      rows = swept.rows;
      runs += swept.runs;
    }
  }
  return runs;
}

function byAge(connection: Connection, limits: Limits, now: number, isOver: IsOver): readonly Step[] {
  const old = now - limits.keepFailuresMs;
  const successes = now - limits.keepSuccessesMs;
  return [
    () => points(connection, 0, successes, isOver),
    ...longKept(connection, isOver).map((step) => () => step(old)),
  ];
}

/** All but successes, which are older than an instant. */
function longKept(connection: Connection, isOver: IsOver): readonly ((before: number) => Swept)[] {
  return [
    (before) => points(connection, 1, before, isOver),
    (before) => runsWithoutPoints(connection, before),
    (before) => rowsOf(connection, EVENTS, before),
    (before) => rowsOf(connection, REPORTS, before),
    () => rowsOf(connection, FORGOTTEN),
  ];
}

const EVENTS = 'DELETE FROM events WHERE id IN (SELECT id FROM events WHERE at < ? ORDER BY at LIMIT ?)';
const REPORTS = `DELETE FROM reports WHERE rowid IN (
  SELECT rowid FROM reports WHERE turned = 1 AND at < ? AND NOT EXISTS (
    SELECT 1 FROM paths WHERE key = reports.path AND reports.at IN (reported_at, judged_at))
  ORDER BY at LIMIT ?)`;
/** Paths that are gone, when nothing refers to them any more. */
const FORGOTTEN = `DELETE FROM paths WHERE key IN (
  SELECT key FROM paths WHERE state IS NULL
    AND NOT EXISTS (SELECT 1 FROM points WHERE path = key) AND NOT EXISTS (SELECT 1 FROM reports WHERE path = key)
  LIMIT ?)`;

function rowsOf(connection: Connection, sql: string, ...values: readonly Value[]): Swept {
  return { rows: connection.transaction(() => connection.run(sql, ...values, LONG_BATCH)), runs: 0 };
}

/** They measured nothing: they are kept as failures are. */
function runsWithoutPoints(connection: Connection, before: number): Swept {
  const sql = `DELETE FROM runs WHERE id IN (
    SELECT id FROM runs WHERE points = 0 AND started_at < ? ORDER BY started_at LIMIT ?)`;
  const rows = connection.transaction(() => connection.run(sql, before, BATCH));
  return { rows, runs: rows };
}

/** The oldest first. A run goes with the last of its points. */
function points(connection: Connection, failed: 0 | 1, before: number, isOver: IsOver): Swept {
  return connection.transaction(() => {
    const oldest = connection.all<PointKey>(
      'SELECT path, at, run FROM points WHERE failed = ? AND at < ? ORDER BY at LIMIT ?',
      failed,
      before,
      BATCH,
    );
    let rows = 0;
    let runs = 0;
    for (const { path, at, run } of oldest) {
      if (isOver()) break;
      rows++;
      connection.run('DELETE FROM points WHERE path = ? AND at = ? AND run = ?', path, at, run);
      const gone = connection.run('DELETE FROM runs WHERE id = ? AND points = 1', run);
      if (gone === 0) connection.run('UPDATE runs SET points = points - 1 WHERE id = ?', run);
      runs += gone;
    }
    return { rows, runs };
  });
}

function bySize(connection: Connection, maxSize: number, isOver: IsOver): Swept {
  const used = connection.number('page_count') - connection.number('freelist_count');
  if (used * connection.number('page_size') <= maxSize) return { rows: 0, runs: 0 };
  const successes = points(connection, 0, Number.MAX_SAFE_INTEGER, isOver);
  if (successes.rows > 0 || isOver()) return successes;
  const before = oldestOfAll(connection);
  if (before === null) return { rows: 0, runs: 0 };
  const swept = longKept(connection, isOver).map((step) => step(before));
  return { rows: sum(swept.map(({ rows }) => rows)), runs: sum(swept.map(({ runs }) => runs)) };
}

/** Up to which instant no kind loses more than a batch, so that all of them reach back equally far. */
function oldestOfAll(connection: Connection): number | null {
  const sql = `SELECT min(at) AS at FROM (
    SELECT max(at) AS at FROM (SELECT at FROM points WHERE failed = 1 ORDER BY at LIMIT ?)
    UNION ALL SELECT max(at) FROM (SELECT at FROM events ORDER BY at LIMIT ?)
    UNION ALL SELECT max(at) FROM (
      SELECT at FROM reports WHERE turned = 1 AND NOT EXISTS (
        SELECT 1 FROM paths WHERE key = reports.path AND reports.at IN (reported_at, judged_at))
      ORDER BY at LIMIT ?)
    UNION ALL SELECT max(at) FROM (SELECT started_at AS at FROM runs WHERE points = 0 ORDER BY started_at LIMIT ?))`;
  const at = connection.first<{ at: number | null }>(sql, BATCH, LONG_BATCH, LONG_BATCH, BATCH)?.at ?? null;
  return at === null ? null : at + 1;
}

/** Moves pages from the end of the file to free ones before, and cuts it. */
function shrink(connection: Connection, maxSize: number): Swept {
  const pages = connection.number('page_count');
  const free = connection.number('freelist_count');
  const isTooLarge = pages * connection.number('page_size') > maxSize;
  if (free === 0 || !(isTooLarge || free > pages * IDLE_SHARE)) return { rows: 0, runs: 0 };
  connection.execute(`PRAGMA incremental_vacuum(${PAGES})`);
  return { rows: free - connection.number('freelist_count'), runs: 0 };
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
