import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { describe, expect, it } from 'vitest';
import { EnvironmentError, UsageError } from '../../../../src/errors.ts';
import { openHistory } from '../../../../src/service/history/open.ts';
import { entry, event, ID, OPTIONS, temporaryFolder } from './entries.ts';

const PAGE = 4096;
/** Enough for tables of several pages. */
const RUNS = 200;

/** A file with runs in it, closed properly. */
async function filled(): Promise<string> {
  const path = join(temporaryFolder(), 'history.db');
  const history = await openHistory({ ...OPTIONS, path });
  for (let ms = 0; ms < RUNS; ms++) history.record(entry(ms));
  history.append([event(RUNS)]);
  history.close();
  return path;
}

async function refusal(path: string): Promise<unknown> {
  return openHistory({ ...OPTIONS, path }).then(
    (history) => history.close(),
    (error: unknown) => error,
  );
}

/** Refused in one line that names the file and what to do, by a class of its own, and left as it was. */
async function expectRefusal(path: string, kind: typeof UsageError | typeof EnvironmentError, words: RegExp) {
  const before = fingerprint(path);
  const error = await refusal(path);
  expect(error).toBeInstanceOf(kind);
  const message = error instanceof Error ? error.message : '';
  expect(message).toMatch(words);
  expect(message).toContain(path);
  expect(message).not.toContain('\n');
  expect(message).toMatch(/--history|create|restore/);
  expect(fingerprint(path)).toBe(before);
}

function fingerprint(path: string): string | null {
  if (!existsSync(path) || readable(path) === null) return null;
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}

function readable(path: string): Buffer | null {
  const { status, stdout } = spawnSync('head', ['-c', '1', path]);
  return status === 0 ? stdout : null;
}

function change(path: string, sql: string): void {
  const database = new Database(path);
  database.exec(sql);
  database.close();
}

describe('a file that cannot be the history', () => {
  it('is a folder', async () => {
    await expectRefusal(temporaryFolder(), UsageError, /is a folder/);
  });

  it('is a device', async () => {
    await expectRefusal('/dev/null', UsageError, /not a regular file/);
  });

  it('is in a folder that does not exist', async () => {
    const folder = join(temporaryFolder(), 'missing');
    await expectRefusal(join(folder, 'history.db'), UsageError, /does not exist: create/);
    expect(existsSync(folder)).toBe(false);
  });

  it('is below a file', async () => {
    await expectRefusal(join(await filled(), 'history.db'), UsageError, /cannot be there/);
  });

  it('is where nobody can write', async () => {
    await expectRefusal('/proc/history.db', EnvironmentError, /cannot be opened: let this user write/);
  });

  it.each([
    ['a long text', 'a text is no database, however long it is. '.repeat(400)],
    ['a short text', 'hello'],
  ])('is %s', async (_, text) => {
    const path = join(temporaryFolder(), 'notes.txt');
    writeFileSync(path, text);
    await expectRefusal(path, EnvironmentError, /not a history of mtu-probe, nor any SQLite file/);
  });

  it('is of another program', async () => {
    const path = join(temporaryFolder(), 'other.db');
    change(path, 'CREATE TABLE notes (text TEXT); PRAGMA user_version = 1');
    await expectRefusal(path, EnvironmentError, /SQLite file of another program/);
  });

  it('is of a newer version', async () => {
    const path = await filled();
    change(path, 'PRAGMA user_version = 99');
    await expectRefusal(path, EnvironmentError, /newer mtu-probe \(layout 99, this one knows \d+\): use that version/);
  });

  it.each([
    ['a byte', -1],
    ['a page', -PAGE],
  ])('is cut short by %s', async (_, bytes) => {
    const path = await filled();
    truncateSync(path, readFileSync(path).length + bytes);
    await expectRefusal(path, EnvironmentError, /is damaged/);
  });

  it('has a page in it that was overwritten', async () => {
    const path = await filled();
    const bytes = readFileSync(path);
    // The first pages hold the layout itself.
    const pages = bytes.length / PAGE;
    for (const page of [1, Math.floor(pages / 2), pages - 1]) {
      writeFileSync(path, Buffer.from(bytes).fill(0xa5, page * PAGE, (page + 1) * PAGE));
      await expectRefusal(path, EnvironmentError, /is damaged/);
    }
  });

  it('is missing while its log is there', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'history.db');
    writeFileSync(`${path}-wal`, 'what was written last');
    await expectRefusal(path, EnvironmentError, /missing or empty, while its log/);
    expect(readdirSync(folder)).toEqual(['history.db-wal']);
  });

  it('is held by another history', async () => {
    const path = join(temporaryFolder(), 'history.db');
    const first = await openHistory({ ...OPTIONS, path });
    const second = await refusal(path);
    expect(second).toBeInstanceOf(EnvironmentError);
    expect(String(second)).toMatch(/history\.db is in use by another process/);
    // The first one goes on undisturbed, and gives it back when it ends.
    first.record(entry(0));
    first.close();
    expect(await refusal(path)).toBeUndefined();
  });
});

describe('a file that can be the history', () => {
  it('is made where there is none, or an empty one', async () => {
    const path = join(temporaryFolder(), 'history.db');
    writeFileSync(path, '');
    expect(await refusal(path)).toBeUndefined();
    expect(readFileSync(path, 'latin1').slice(0, 15)).toBe('SQLite format 3');
  });

  it.each(['file:history.db?mode=memory', ':memory:', 'a b%20#?.db'])('may be called %s', async (name) => {
    const folder = temporaryFolder();
    const path = join(folder, name);
    const history = await openHistory({ ...OPTIONS, path });
    history.record(entry(0));
    history.close();
    expect(readdirSync(folder)).toEqual([name]);
  });

  it('is all there is to copy once it is closed', async () => {
    const path = await filled();
    const [folder, copy] = [join(path, '..'), join(temporaryFolder(), 'copy.db')];
    expect(readdirSync(folder)).toEqual(['history.db']);
    copyFileSync(path, copy);
    const history = await openHistory({ ...OPTIONS, path: copy });
    expect(history.series(ID, { since: null, until: null, limit: RUNS + 1 })).toHaveLength(RUNS);
    history.close();
  });

  it('may be moved together with its log', async () => {
    const [from, to] = [temporaryFolder(), join(temporaryFolder(), 'moved')];
    const path = join(from, 'history.db');
    const history = await openHistory({ ...OPTIONS, path });
    history.record(entry(0));
    // As a kill leaves it.
    mkdirSync(to);
    for (const name of readdirSync(from)) copyFileSync(join(from, name), join(to, name));
    history.close();
    expect(readdirSync(to).sort()).toEqual(['history.db', 'history.db-wal']);
    renameSync(join(to, 'history.db'), join(to, 'renamed.db'));
    renameSync(join(to, 'history.db-wal'), join(to, 'renamed.db-wal'));
    const moved = await openHistory({ ...OPTIONS, path: join(to, 'renamed.db') });
    expect(moved.states()).toHaveLength(1);
    moved.close();
  });
});
