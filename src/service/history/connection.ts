/**
 * The few calls of libsql that are used, without what is unsafe in them: over a boolean it ends the process, `get` leaves
 * its statement open, `pluck` is ignored by it, and `transaction` hides why it was rolled back (libsql 0.5.29).
 */

import type { Database, Statement } from 'libsql';
import { explained } from './damage.ts';

/** What a column can hold. Truth is 0 or 1. */
export type Value = string | number | null;

export class Connection {
  /** As the operator named it. */
  readonly name: string;
  readonly #database: Database;
  readonly #statements = new Map<string, Statement>();

  constructor(database: Database, name: string) {
    this.#database = database;
    this.name = name;
  }

  /** @throws EnvironmentError, as all that follow, when it is the file or the disk that refuses. */
  all<Row>(sql: string, ...values: readonly Value[]): readonly Row[] {
    return this.#explaining(() => this.#prepared(sql).all([...values]) as Row[]);
  }

  first<Row>(sql: string, ...values: readonly Value[]): Row | null {
    return this.all<Row>(sql, ...values)[0] ?? null;
  }

  /** @returns how many rows changed. */
  run(sql: string, ...values: readonly Value[]): number {
    return this.#explaining(() => this.#prepared(sql).run([...values]).changes);
  }

  /** One statement or several, without values. */
  execute(sql: string): void {
    this.#explaining(() => this.#database.exec(sql));
  }

  /** A pragma that is a number. */
  number(pragma: string): number {
    return Object.values(this.first<Record<string, number>>(`PRAGMA ${pragma}`) ?? {})[0] ?? 0;
  }

  /** All of it, or nothing. */
  transaction<Result>(work: () => Result): Result {
    this.execute('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.execute('COMMIT');
      return result;
    } catch (error) {
      // SQLite has already rolled back by itself after a full disk and some other errors.
      if (this.#database.inTransaction) this.execute('ROLLBACK');
      throw error;
    }
  }

  /** Statements outlive it until they are collected, and locks with them: whoever holds any gives them back first. */
  close(): void {
    this.#statements.clear();
    this.#database.close();
  }

  #prepared(sql: string): Statement {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  #explaining<Result>(work: () => Result): Result {
    try {
      return work();
    } catch (error) {
      throw explained(this.name, error);
    }
  }
}
