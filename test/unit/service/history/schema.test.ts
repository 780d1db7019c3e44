import Database from 'libsql';
import { describe, expect, it } from 'vitest';
import { Connection } from '../../../../src/service/history/connection.ts';
import { APPLICATION_ID, layoutOf, MIGRATIONS, migrate } from '../../../../src/service/history/schema.ts';

const FIRST = `CREATE TABLE one (a INTEGER); INSERT INTO one VALUES (7); PRAGMA application_id = ${APPLICATION_ID}`;
const SECOND = 'ALTER TABLE one ADD COLUMN b TEXT; CREATE TABLE two (c INTEGER)';
const BROKEN = 'CREATE TABLE three (d INTEGER); INSERT INTO nowhere VALUES (1)';

function connection(): Connection {
  return new Connection(new Database(':memory:'), 'history.db');
}

function tables(open: Connection): string[] {
  return open.all<{ name: string }>('SELECT name FROM sqlite_schema ORDER BY name').map(({ name }) => name);
}

describe('the layout', () => {
  it('of a new file is none', () => {
    expect(layoutOf(connection())).toBe(0);
  });

  it('is made by all steps, and told by its number', () => {
    const open = connection();
    migrate(open, 0);
    expect(layoutOf(open)).toBe(MIGRATIONS.length);
    expect(open.number('application_id')).toBe(APPLICATION_ID);
  });

  it('of an older file is brought up to date, with what is in it', () => {
    const open = connection();
    migrate(open, 0, [FIRST]);
    expect(layoutOf(open, [FIRST, SECOND])).toBe(1);
    migrate(open, 1, [FIRST, SECOND]);
    expect(layoutOf(open, [FIRST, SECOND])).toBe(2);
    expect(open.all('SELECT * FROM one')).toEqual([{ a: 7, b: null }]);
    migrate(open, 2, [FIRST, SECOND]);
    expect(tables(open)).toEqual(['one', 'two']);
  });

  it('stays at the last step that succeeded', () => {
    const open = connection();
    expect(() => migrate(open, 0, [FIRST, BROKEN])).toThrow(/nowhere/);
    expect(layoutOf(open, [FIRST, BROKEN])).toBe(1);
    expect(tables(open)).toEqual(['one']);
  });

  it('without a number, though the file is ours, is damage', () => {
    const open = connection();
    open.execute(`${FIRST}; PRAGMA user_version = 0`);
    expect(() => layoutOf(open)).toThrow(/history\.db is damaged \(its layout has no number\)/);
  });
});
