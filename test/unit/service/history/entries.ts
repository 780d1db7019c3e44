/** Made-up runs, and a folder for files that goes with its test. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { HistoryOptions } from '../../../../src/config/watch/options.ts';
import type { PathReport } from '../../../../src/contract.ts';
import type { HistoryPoint, KnownDirection, NewEvent, PathState } from '../../../../src/service/contract.ts';
import type { RunEntry, RunPath } from '../../../../src/service/history/history.ts';
import { CLEAR } from '../../report/reports.ts';

const DAY_MS = 86_400_000;
export const START = Date.parse('2026-03-01T00:00:00.000Z');
export const ID = '00000000000000a1';

export const OPTIONS: HistoryOptions = {
  path: null,
  keepSuccessesMs: DAY_MS,
  keepFailuresMs: 30 * DAY_MS,
  maxSize: 1_000_000_000,
};

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'mtu-probe-history-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** So many milliseconds after the start. */
export function instant(ms: number): string {
  return new Date(START + ms).toISOString();
}

export interface Made {
  readonly id?: string;
  readonly report?: PathReport;
  readonly masked?: boolean;
  readonly failed?: boolean;
  /** What the judgement rests on, and since when, where the run was masked. */
  readonly judged?: { readonly at: string; readonly report: PathReport };
}

/** What one run saw of one path, `ms` after the start. */
export function seen(
  ms: number,
  { id = ID, report = CLEAR, masked = false, failed = false, judged }: Made = {},
): RunPath {
  const at = instant(ms);
  const { at: judgedAt, report: rests } = judged ?? { at, report };
  const point: HistoryPoint = {
    at,
    verdict: report.verdict,
    masked,
    forward: known(report, 'forward'),
    reverse: known(report, 'reverse'),
    rttMs: report.rttMs,
    durationMs: 1234.5,
  };
  const state: PathState = {
    id,
    target: report.target,
    address: report.address,
    family: report.family,
    transport: report.transport,
    firstSeenAt: instant(0),
    judgement: {
      verdict: rests.verdict,
      since: judgedAt,
      at: judgedAt,
      forward: known(rests, 'forward'),
      reverse: known(rests, 'reverse'),
      report: rests,
    },
    last: { at, verdict: report.verdict, masked },
    maskedSince: masked ? at : null,
    holdForwardAbove: null,
  };
  return { state, point, failed, report };
}

export function entry(ms: number, paths: readonly RunPath[] = [seen(ms)], events: readonly NewEvent[] = []): RunEntry {
  return { target: CLEAR.target, startedAt: instant(ms), durationMs: 1500, paths, events };
}

export function event(ms: number, more: Partial<NewEvent> = {}): NewEvent {
  return {
    kind: 'path-found',
    at: instant(ms),
    target: CLEAR.target,
    pathId: ID,
    summary: `something happened after ${ms} ms`,
    before: null,
    after: null,
    ...more,
  };
}

function known(report: PathReport, name: 'forward' | 'reverse'): KnownDirection {
  const { pathMtu, exact, behaviour } = report[name];
  return { pathMtu, exact, behaviour };
}
