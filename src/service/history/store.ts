/** The history over an open file: what is written goes through here, one transaction for each call. */

import type { HistoryOptions } from '../../config/watch/options.ts';
import type { HistoryPoint, NewEvent, PathState, ServiceEvent } from '../contract.ts';
import type { Connection } from './connection.ts';
import type { History, RunEntry, SeriesQuery } from './history.ts';
import { forgetPath, readStates, recordPath } from './paths.ts';
import { prune } from './retention.ts';
import { type EventRow, eventValues, type PointRow, toEvent, toMs, toPoint } from './rows.ts';

/** The instants between which every `Date` lies (ECMA-262, "Time Values and Time Range"). */
const FIRST_INSTANT = -8.64e15;
const LAST_INSTANT = 8.64e15;

/** It has the file for itself; see `openHistory`. */
export class SqliteHistory implements History {
  readonly #connection: Connection;
  readonly #options: HistoryOptions;
  readonly #clock: () => number;
  #isOpen = true;

  constructor(connection: Connection, options: HistoryOptions, clock: () => number) {
    this.#connection = connection;
    this.#options = options;
    this.#clock = clock;
  }

  states(): readonly PathState[] {
    return readStates(this.#connection);
  }

  record({ target, startedAt, durationMs, paths, events }: RunEntry): readonly ServiceEvent[] {
    return this.#commit(events.length > 0, () => {
      const row = this.#connection.first<{ id: number }>(
        'INSERT INTO runs (target, started_at, duration_ms, points) VALUES (?, ?, ?, ?) RETURNING id',
        target,
        toMs(startedAt),
        durationMs,
        paths.length,
      );
      if (row === null) throw new Error(`the run of ${target} was written to no row`);
      for (const path of paths) recordPath(this.#connection, row.id, path);
      return events.map((event) => this.#number(event));
    });
  }

  append(events: readonly NewEvent[], gone: readonly string[] = []): readonly ServiceEvent[] {
    return this.#commit(events.length > 0, () => {
      for (const id of gone) forgetPath(this.#connection, id);
      return events.map((event) => this.#number(event));
    });
  }

  eventsAfter(id: number, limit: number): readonly ServiceEvent[] {
    return this.#connection
      .all<EventRow>('SELECT * FROM events WHERE id > ? ORDER BY id LIMIT ?', id, limit)
      .map(toEvent);
  }

  latestEvents(limit: number, pathId: string | null): readonly ServiceEvent[] {
    const rows =
      pathId === null
        ? this.#connection.all<EventRow>('SELECT * FROM events ORDER BY id DESC LIMIT ?', limit)
        : this.#connection.all<EventRow>(
            'SELECT * FROM events WHERE path_id = ? ORDER BY id DESC LIMIT ?',
            pathId,
            limit,
          );
    return rows.map(toEvent);
  }

  series(pathId: string, { since, until, limit }: SeriesQuery): readonly HistoryPoint[] {
    const rows = this.#connection.all<PointRow>(
      `SELECT * FROM points WHERE path = (SELECT key FROM paths WHERE id = ?) AND at BETWEEN ? AND ?
       ORDER BY at DESC, run DESC LIMIT ?`,
      pathId,
      since === null ? FIRST_INSTANT : toMs(since),
      until === null ? LAST_INSTANT : toMs(until),
      limit,
    );
    return rows.map(toPoint).reverse();
  }

  cursor(receiver: string): number | null {
    const sql = 'SELECT event FROM cursors WHERE receiver = ?';
    return this.#connection.first<{ event: number }>(sql, receiver)?.event ?? null;
  }

  moveCursor(receiver: string, eventId: number): void {
    this.#commit(false, () =>
      this.#connection.run(
        'INSERT INTO cursors (receiver, event) VALUES (?, ?) ON CONFLICT DO UPDATE SET event = excluded.event',
        receiver,
        eventId,
      ),
    );
  }

  prune(now: Date): number {
    this.#connection.execute('PRAGMA synchronous = NORMAL');
    return prune(this.#connection, this.#options, now.getTime(), this.#clock);
  }

  size(): number {
    if (this.#options.path === null) return 0;
    return this.#connection.number('page_count') * this.#connection.number('page_size');
  }

  /** What is in the log goes into the file, so that this one is all there is to copy; then its lock is given back. */
  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    try {
      this.#connection.execute('PRAGMA journal_mode = DELETE; PRAGMA locking_mode = NORMAL');
      // The mode alone changes nothing: the next read ends with the lock.
      this.#connection.first('SELECT count(*) FROM sqlite_schema');
    } finally {
      this.#connection.close();
    }
  }

  /**
   * What a killed process has written is not lost either way: the kernel has it. Only where the machine itself goes down
   * would the last commits be, and with them numbers of events that others have seen: these are waited for.
   */
  #commit<Result>(withEvents: boolean, work: () => Result): Result {
    this.#connection.execute(`PRAGMA synchronous = ${withEvents ? 'FULL' : 'NORMAL'}`);
    return this.#connection.transaction(work);
  }

  #number(event: NewEvent): ServiceEvent {
    const row = this.#connection.first<{ id: number }>(
      `INSERT INTO events (kind, at, target, path_id, summary, before, after)
       VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id`,
      ...eventValues(event),
    );
    if (row === null) throw new Error(`an event (${event.kind}) was written to no row`);
    return { ...event, id: row.id };
  }
}
