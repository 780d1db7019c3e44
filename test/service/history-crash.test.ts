/** A service that is killed loses at most the run that it was about to record. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import Database from 'libsql';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { History } from '../../src/service/history/history.ts';
import { openHistory } from '../../src/service/history/open.ts';

const WRITER = fileURLToPath(new URL('history-writer.mjs', import.meta.url));
const KILLS = 50;
/** Some writers are killed while they open the file, the others while they write and forget. */
const LONGEST_LIFE_MS = 60;
const IDS = ['00000000000000a1', '00000000000000b2'];
const KEPT_RUNS = 100;
const ALL = { since: null, until: null, limit: 1_000_000 };

class Writer {
  readonly #child: ChildProcess;
  readonly #loaded: Promise<unknown>;
  readonly #closed: Promise<unknown>;
  #said = '';

  constructor(options: object) {
    this.#child = spawn(process.execPath, [WRITER, JSON.stringify(options)], { stdio: ['pipe', 'pipe', 'inherit'] });
    onTestFinished(() => void this.#child.kill('SIGKILL'));
    this.#closed = once(this.#child, 'close');
    this.#loaded = this.#child.stdout === null ? Promise.reject() : once(this.#child.stdout, 'data');
    this.#child.stdout?.on('data', (bytes) => {
      this.#said += bytes;
    });
  }

  async begin(run: number): Promise<void> {
    await this.#loaded;
    this.#child.stdin?.write(`${run}\n`);
  }

  async hasRecorded(): Promise<void> {
    while (this.#recorded().length === 0 && this.#child.stdout !== null) await once(this.#child.stdout, 'data');
  }

  /** @returns what it said was recorded: numbers of runs, and of their events. */
  async kill(): Promise<readonly (readonly [run: number, event: number])[]> {
    this.#child.kill('SIGKILL');
    await this.#closed;
    expect(this.#child.signalCode).toBe('SIGKILL');
    return this.#recorded();
  }

  #recorded(): [number, number][] {
    return [...this.#said.matchAll(/^(\d+) (\d+)\n/gm)].map(([, run, event]) => [Number(run), Number(event)]);
  }
}

function newFile() {
  const folder = mkdtempSync(join(tmpdir(), 'mtu-probe-crash-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return { path: join(folder, 'history.db'), keepSuccessesMs: KEPT_RUNS, keepFailuresMs: KEPT_RUNS, maxSize: 1e9 };
}

/** Runs are a millisecond apart: an instant is the number of its run. */
function runsOf(history: History, id: string): number[] {
  return history.series(id, ALL).map(({ at }) => Date.parse(at));
}

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

function soundness(path: string): unknown[] {
  const database = new Database(path);
  const found = [database.pragma('integrity_check'), database.pragma('foreign_key_check')];
  database.close();
  return found;
}

describe('a history whose process is killed', () => {
  it(`is sound, and has what was recorded, ${KILLS} times`, { timeout: 60_000 }, async () => {
    const options = newFile();
    /** Which run each number of an event was told for. */
    const events = new Map<number, number>();
    let last = 0;
    let next = new Writer(options);
    for (let kill = 0; kill < KILLS; kill++) {
      const writer = next;
      await writer.begin(last + 1);
      // It loads meanwhile.
      next = new Writer(options);
      if (kill % 5 !== 0) await writer.hasRecorded();
      await sleep(Math.random() * LONGEST_LIFE_MS);
      const said = await writer.kill();
      for (const [run, event] of said) {
        if (event !== 0) events.set(event, run);
      }
      const reported = said.at(-1)?.[0] ?? last;

      const history = await openHistory(options);
      last = runsOf(history, IDS[0] ?? '').at(-1) ?? 0;
      // The one in flight may be there or not.
      expect([reported, reported + 1]).toContain(last);
      // It may be killed while it forgets; what is to be kept is there without a hole.
      const oldest = Math.max(1, last - KEPT_RUNS + 1);
      const kept = range(oldest, last);
      // Both paths of a run, its states with their reports, and its event: whole, or not at all.
      for (const id of IDS) expect(runsOf(history, id).filter((run) => run >= oldest)).toEqual(kept);
      const states = history.states().map(({ last: { at }, judgement }) => [Date.parse(at), judgement?.report]);
      const whole = expect.objectContaining({ run: last });
      expect(states).toEqual(
        last === 0
          ? []
          : [
              [last, whole],
              [last, whole],
            ],
      );
      const numbered = history.eventsAfter(0, 1_000_000);
      const withEvent = kept.filter((run) => run % 5 === 0);
      expect(numbered.map(({ summary }) => Number(summary)).slice(-withEvent.length)).toEqual(withEvent);
      for (const { id, summary } of numbered) expect([Number(summary), undefined]).toContain(events.get(id));
      history.close();
      expect(soundness(options.path)).toEqual([[{ integrity_check: 'ok' }], []]);
    }
    // Else nothing was tried.
    expect(last).toBeGreaterThan(2 * KILLS);
    expect(new Set(events.values()).size).toBe(events.size);
  });

  it('is held by it alone until then', async () => {
    const options = newFile();
    const writer = new Writer(options);
    await writer.begin(1);
    await writer.hasRecorded();
    await expect(openHistory(options)).rejects.toThrow(/is in use by another process/);
    await writer.kill();
    const history = await openHistory(options);
    expect(history.states()).toHaveLength(2);
    history.close();
  });
});
