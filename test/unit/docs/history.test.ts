import Database from 'libsql';
import { describe, expect, it } from 'vitest';
import { Connection } from '../../../src/service/history/connection.ts';
import { APPLICATION_ID, MIGRATIONS, migrate } from '../../../src/service/history/schema.ts';
import { document, explained, firstColumn, section } from './documents.ts';

const TEXT = document('docs/history.md');

function layout(): [table: string, columns: string[]][] {
  const connection = new Connection(new Database(':memory:'), 'history.db');
  migrate(connection, 0);
  const tables = connection.all<{ name: string }>(
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY rowid",
  );
  return tables.map(({ name }) => {
    const columns = connection.all<{ name: string }>('SELECT name FROM pragma_table_info(?)', name);
    return [name, columns.map((column) => column.name)];
  });
}

describe('docs/history.md', () => {
  it('has every table with its columns, and no other', () => {
    const documented = explained(section(TEXT, 'Tables')).map(({ code, text }) => [code, firstColumn(text)]);
    expect(documented).toEqual(layout());
  });

  it('has the numbers of the file', () => {
    expect(TEXT).toContain(`The layout is number ${MIGRATIONS.length} (`);
    expect(TEXT).toContain(`the application id is 0x${APPLICATION_ID.toString(16)}.`);
  });
});
