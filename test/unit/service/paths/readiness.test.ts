import { describe, expect, it } from 'vitest';
import type { PathReport } from '../../../../src/contract.ts';
import type { PathState, TargetState } from '../../../../src/service/contract.ts';
import { foldRun } from '../../../../src/service/paths/fold.ts';
import { readinessOf } from '../../../../src/service/paths/readiness.ts';
import { BLACK_HOLE, CLEAR, MASKED, REDUCED, UNREACHABLE } from '../../report/reports.ts';

const AT = '2026-01-01T00:00:00.000Z';

function targetOf(changes: Partial<TargetState> = {}): TargetState {
  return {
    target: 'rubygems.org',
    labels: {},
    schedule: '60s',
    nextAt: null,
    lastRunAt: AT,
    lastDurationMs: 10,
    problem: null,
    slots: { due: 1, completed: 1, missed: 0, cut: 0, failed: 0, waiting: 0, running: 0 },
    paths: ['a'],
    isPeer: false,
    failOn: 'delayed',
    expectMtu: null,
    gating: true,
    ...changes,
  };
}

function readiness(reports: readonly PathReport[], changes: Partial<TargetState> = {}) {
  let state: PathState | null = null;
  for (const report of reports) state = foldRun(state, report, { id: 'a', target: 'rubygems.org', at: AT }).state;
  const paths = state === null ? [] : [state];
  return readinessOf([targetOf({ paths: paths.map(({ id }) => id), ...changes })], () => paths);
}

describe('a job may start', () => {
  it.each<[string, PathReport[], Partial<TargetState>]>([
    ['on a clear path', [CLEAR], {}],
    ['on a reduced one, by default', [REDUCED], {}],
    ['on what was clear before it was masked', [CLEAR, MASKED], {}],
    ['beside a broken path that does not gate', [BLACK_HOLE], { gating: false }],
    ['on what was known before a restart', [CLEAR], { lastRunAt: null }],
    ['where the path MTU is what is expected', [CLEAR], { expectMtu: 1500 }],
  ])('%s', (_, reports, changes) => {
    expect(readiness(reports, changes)).toEqual({ ready: true, pending: false, reasons: [] });
  });
});

describe('a job may not start', () => {
  it.each<[string, PathReport[], Partial<TargetState>, RegExp]>([
    ['on a black hole', [BLACK_HOLE], {}, /: black-hole since /],
    ['on what was a black hole before it was masked', [BLACK_HOLE, MASKED], {}, /: black-hole since /],
    ['on a path at its own threshold', [REDUCED], { failOn: 'reduced' }, /: reduced since /],
    ['where nothing answers', [UNREACHABLE], {}, /: unreachable since /],
    [
      'where a name can no longer be resolved',
      [CLEAR],
      { problem: 'x has no address' },
      /^rubygems.org: x has no address$/,
    ],
    ['on less than what is expected', [CLEAR], { expectMtu: 9000 }, /forward path MTU is 1500, expected is 9000$/],
  ])('%s', (_, reports, changes, reason) => {
    const { ready, pending, reasons } = readiness(reports, changes);
    expect([ready, pending]).toEqual([false, false]);
    expect(reasons[0]).toMatch(reason);
  });

  it.each<[string, PathReport[], Partial<TargetState>, RegExp]>([
    ['before anything was measured', [], { lastRunAt: null }, /: not measured yet$/],
    [
      'where a name cannot be resolved yet',
      [],
      { problem: 'rubygems.org has no address' },
      /^rubygems.org has no address$/,
    ],
    ['on what was only ever masked', [MASKED], {}, /masked by a path MTU that this host remembers$/],
  ])('%s, and may still be told', (_, reports, changes, reason) => {
    const { ready, pending, reasons } = readiness(reports, changes);
    expect([ready, pending]).toEqual([false, true]);
    expect(reasons[0]).toMatch(reason);
  });
});
