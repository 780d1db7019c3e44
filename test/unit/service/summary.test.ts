import { describe, expect, it } from 'vitest';
import type { PathReport } from '../../../src/contract.ts';
import type { PathState, TargetState } from '../../../src/service/contract.ts';
import { foldRun } from '../../../src/service/paths/fold.ts';
import { outcomeOf, strictest, summaryReport } from '../../../src/service/summary.ts';
import { requireValid } from '../../report-schema.ts';
import { BLACK_HOLE, CLEAR, MASKED, REDUCED, UNREACHABLE } from '../report/reports.ts';

const AT = '2026-01-01T00:00:00.000Z';

/** One target for each list of runs, named by its place. */
function known(runs: readonly (readonly PathReport[])[], changes: Partial<TargetState> = {}) {
  const states = new Map<string, PathState>();
  const reports = new Map<string, PathReport>();
  const targets = runs.map((each, at): TargetState => {
    const id = String(at);
    for (const report of each) {
      states.set(id, foldRun(states.get(id) ?? null, report, { id, target: id, at: AT }).state);
      reports.set(id, report);
    }
    return {
      target: id,
      labels: {},
      schedule: '60s',
      nextAt: null,
      lastRunAt: AT,
      lastDurationMs: 1,
      problem: null,
      slots: { due: 1, completed: 1, missed: 0, cut: 0, failed: 0, waiting: 0, running: 0 },
      paths: states.has(id) ? [id] : [],
      isPeer: false,
      failOn: 'delayed',
      expectMtu: null,
      gating: true,
      ...changes,
    };
  });
  return {
    version: '1.2.3',
    startedAt: AT,
    durationMs: 5,
    environments: [],
    targets,
    state: (id: string) => states.get(id) ?? null,
    lastReport: (id: string) => reports.get(id) ?? null,
  };
}

describe('the report at the end', () => {
  it('has the last judgement of every path, and the schema of any report', () => {
    const report = summaryReport(known([[CLEAR, BLACK_HOLE], [REDUCED, MASKED], [MASKED]]));
    expect(report.paths).toEqual([BLACK_HOLE, REDUCED, MASKED]);
    expect(report.verdict).toBe('black-hole');
    requireValid(JSON.parse(JSON.stringify(report)));
  });

  it('names what was not measured', () => {
    const { skipped, verdict } = summaryReport(known([[CLEAR], []]));
    expect(skipped).toEqual([{ target: '1', address: null, reason: 'not measured before the service ended' }]);
    expect(verdict).toBe('inconclusive');
  });

  it('is judged by the strictest of its targets', () => {
    expect(strictest(known([[CLEAR]], { failOn: 'black-hole' }).targets)).toBe('black-hole');
    expect(strictest(known([[CLEAR]], { failOn: 'reduced' }).targets)).toBe('reduced');
    expect(strictest([])).toBe('delayed');
  });
});

describe('what it comes to', () => {
  it.each<[string, PathReport[][], Partial<TargetState>, string]>([
    ['all well', [[CLEAR], [REDUCED]], {}, 'clear'],
    ['one black hole', [[CLEAR], [BLACK_HOLE]], {}, 'found'],
    ['a black hole beside what is not known', [[BLACK_HOLE], []], {}, 'found'],
    ['one that does not answer', [[CLEAR], [UNREACHABLE]], {}, 'unknown'],
    ['one that was not measured', [[CLEAR], []], {}, 'unknown'],
    ['one that was only ever masked', [[MASKED]], {}, 'unknown'],
    ['a threshold of its own', [[REDUCED]], { failOn: 'reduced' }, 'found'],
    ['less than expected', [[CLEAR]], { expectMtu: 9000 }, 'found'],
    ['a name that cannot be resolved', [[CLEAR]], { problem: 'no address' }, 'unknown'],
  ])('%s', (_, runs, changes, outcome) => {
    expect(outcomeOf(known(runs, changes))).toBe(outcome);
  });
});
