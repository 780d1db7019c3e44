/** What a process holds, looked at again and again while it works. */

import { readdirSync, readFileSync } from 'node:fs';

export interface Sample {
  /** Since the first one. */
  readonly atMs: number;
  readonly rssBytes: number;
  readonly fds: number;
  readonly threads: number;
  readonly cpuSeconds: number;
}

const PAGE_BYTES = 4096; // of every architecture that Debian's Node runs on, arm64 included
const TICKS_PER_SECOND = 100; // USER_HZ, which proc(5) counts in

export class Samples {
  readonly all: Sample[] = [];
  readonly #pid: number;
  readonly #startedAt = Date.now();

  constructor(pid: number) {
    this.#pid = pid;
  }

  take(): void {
    const folder = `/proc/${this.#pid}`;
    // The name of the program, in parentheses, may hold anything (proc(5)).
    const fields = readFileSync(`${folder}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
      .map(Number);
    const at = (field: number): number => fields[field - 3] ?? Number.NaN;
    this.all.push({
      atMs: Date.now() - this.#startedAt,
      rssBytes: at(24) * PAGE_BYTES,
      fds: readdirSync(`${folder}/fd`).length,
      threads: at(20),
      cpuSeconds: (at(14) + at(15)) / TICKS_PER_SECOND,
    });
  }
}

/** By least squares: how much a value grows in a minute. */
export function growthPerMinute(samples: readonly Sample[], pick: (sample: Sample) => number): number {
  const minutes = samples.map(({ atMs }) => atMs / 60_000);
  const values = samples.map(pick);
  const [meanX, meanY] = [mean(minutes), mean(values)];
  const over = minutes.reduce((sum, x, index) => sum + (x - meanX) * ((values[index] ?? 0) - meanY), 0);
  return over / minutes.reduce((sum, x) => sum + (x - meanX) ** 2, 0);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** One line for each of about ten moments. */
export function tableOf(samples: readonly Sample[]): string {
  const step = Math.max(1, Math.floor(samples.length / 10));
  const chosen = samples.filter((_, index) => index % step === 0);
  const rows = chosen.map(({ atMs, rssBytes, fds, threads, cpuSeconds }) =>
    [(atMs / 1000).toFixed(0), (rssBytes / 2 ** 20).toFixed(1), fds, threads, cpuSeconds.toFixed(1)]
      .map((cell) => `${cell}`.padStart(8))
      .join(''),
  );
  return [['s', 'RSS MiB', 'fds', 'threads', 'CPU s'].map((head) => head.padStart(8)).join(''), ...rows].join('\n');
}

/** The median: what a moment of more or less does not change. */
export function middle(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}
