import { join } from 'node:path';
import Database from 'libsql';
import { describe, expect, it } from 'vitest';
import { EnvironmentError } from '../../../../src/errors.ts';
import { Connection } from '../../../../src/service/history/connection.ts';
import { explained } from '../../../../src/service/history/damage.ts';
import { migrate } from '../../../../src/service/history/schema.ts';
import { SqliteHistory } from '../../../../src/service/history/store.ts';
import { entry, event, OPTIONS, seen, temporaryFolder } from './entries.ts';

function sqliteError(rawCode: number): Error {
  return Object.assign(new Error('as SQLite says it'), { code: 'SQLITE', rawCode });
}

describe('what goes wrong while the history is written', () => {
  it('is told when the disk is full, and nothing is half written', () => {
    const path = join(temporaryFolder(), 'history.db');
    const database = new Database(path);
    const connection = new Connection(database, path);
    migrate(connection, 0);
    const history = new SqliteHistory(connection, { ...OPTIONS, path }, () => 0);
    const pages = connection.number('page_count') + 10;
    connection.execute(`PRAGMA max_page_count = ${pages}`);
    let recorded = 0;
    const fill = () => {
      for (let ms = 0; ms < 1000; ms++) {
        history.record(entry(ms, [seen(ms)], [event(ms)]));
        recorded++;
      }
    };
    expect(fill).toThrow(EnvironmentError);
    expect(fill).toThrow(`the history ${path} cannot grow, its disk is full: free some space`);
    expect(recorded).toBeGreaterThan(0);
    expect(history.eventsAfter(0, 1000)).toHaveLength(recorded);
    // There is room again: it goes on as if nothing had been.
    connection.execute(`PRAGMA max_page_count = ${pages * 10}`);
    expect(history.record(entry(5000, [seen(5000)], [event(5000)]))).toMatchObject([{ id: recorded + 1 }]);
    history.close();
  });

  it('is told when a state cannot be read', () => {
    const connection = new Connection(new Database(':memory:'), 'history.db');
    migrate(connection, 0);
    const history = new SqliteHistory(connection, OPTIONS, () => 0);
    history.record(entry(0));
    connection.execute('DELETE FROM reports');
    expect(() => history.states()).toThrow(/history\.db is damaged \(the state of path 00000000000000a1: .*--history$/);
    connection.execute("UPDATE paths SET state = '{'");
    expect(() => history.states()).toThrow(EnvironmentError);
  });

  it.each([
    [5, /in use/],
    [10, /disk or its file system fails/],
    [(3 << 8) | 10, /disk or its file system fails/],
    [11, /is damaged/],
    [8, /can only be read/],
  ])('has a line for code %i of SQLite', (code, words) => {
    const error = explained('history.db', sqliteError(code));
    expect(error).toBeInstanceOf(EnvironmentError);
    expect(String(error)).toMatch(words);
    expect(error).toMatchObject({ cause: { rawCode: code } });
  });

  it.each([sqliteError(1), sqliteError(2067), new TypeError('a mistake of the program')])(
    'leaves mistakes of the program as they are: %s',
    (error) => {
      expect(explained('history.db', error)).toBe(error);
    },
  );
});
