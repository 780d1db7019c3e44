import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exitCode } from '../../../src/cli/exit-code.ts';
import { type PathReport, RANKED_VERDICTS } from '../../../src/contract.ts';
import { formatGitlab } from '../../../src/report/gitlab.ts';
import { DIRECTIONS, judge } from '../../../src/report/judgement.ts';
import { PLAIN } from '../../../src/report/palette.ts';
import { BLACK_HOLE, CLAMPED, CLEAR, CLEAR_IPV6, MASKED, REDUCED, reportOf, UNREACHABLE } from './reports.ts';

const DEFAULT = { failOn: 'delayed', expectMtu: null } as const;

/** Only forward was asked for, and it is not known. */
const FORWARD_UNKNOWN: PathReport = {
  ...UNREACHABLE,
  verdict: 'inconclusive',
  forward: { ...UNREACHABLE.forward, pathMtu: 1400, provedBy: ['icmp-raw'] },
};
/** Reverse was asked for, and nothing could be tried. */
const REVERSE_UNTRIED: PathReport = { ...FORWARD_UNKNOWN, forward: CLEAR.forward };
const TIMED_OUT_AT_ONCE: PathReport = { ...UNREACHABLE, evidence: [] };
/** Echo alone is silent: a policer can be that as well. */
const SILENT_BY_ECHO: PathReport = {
  ...CLEAR,
  verdict: 'inconclusive',
  forward: { ...CLEAR.forward, pathMtu: 1400, behaviour: 'silent' },
};
/** Reverse is a proved black hole, and forward is silent by echo alone. */
const BOTH_SILENT: PathReport = { ...BLACK_HOLE, forward: SILENT_BY_ECHO.forward };
/** Forward was not asked for, and its MSS clamp is seen all the same. */
const REVERSE_ONLY: PathReport = { ...CLEAR, forward: CLAMPED.forward };

const PATHS = [
  CLEAR,
  CLEAR_IPV6,
  CLAMPED,
  REDUCED,
  BLACK_HOLE,
  MASKED,
  UNREACHABLE,
  FORWARD_UNKNOWN,
  REVERSE_UNTRIED,
  TIMED_OUT_AT_ONCE,
  SILENT_BY_ECHO,
  BOTH_SILENT,
  REVERSE_ONLY,
];

describe('the judgement of a direction', () => {
  it.each<[string, PathReport, string[]]>([
    ['a clear path', CLEAR, ['passed', 'passed']],
    ['the black hole of one direction', BLACK_HOLE, ['passed', 'failed']],
    ['a masked direction', MASKED, ['passed', 'unknown']],
    ['a path that answers nothing', UNREACHABLE, ['unknown', 'not-measured']],
    ['a direction that was not asked for', FORWARD_UNKNOWN, ['unknown', 'not-measured']],
    ['a direction that could not be tried', REVERSE_UNTRIED, ['passed', 'unknown']],
    ['a run that ended before it began', TIMED_OUT_AT_ONCE, ['unknown', 'unknown']],
    ['silence by echo alone', SILENT_BY_ECHO, ['unknown', 'passed']],
    ['silence by echo alone beside a black hole', BOTH_SILENT, ['unknown', 'failed']],
  ])('of %s', (_, path, results) => {
    expect(DIRECTIONS.map((name) => judge(name, path, DEFAULT).result)).toEqual(results);
  });

  it('is what was expected, or less', () => {
    const judged = (expectMtu: number): unknown =>
      DIRECTIONS.map((name) => judge(name, CLAMPED, { ...DEFAULT, expectMtu }));
    expect(judged(1450)).toMatchObject([{ result: 'passed' }, { result: 'passed' }]);
    expect(judged(1451)).toMatchObject([
      { result: 'failed', sentence: expect.stringMatching(/That is less than --expect-mtu 1451\.$/) },
      { result: 'unknown' },
    ]);
  });

  it('agrees with the exit code, and GitLab is told the same', () => {
    const skipped = fc.constantFrom(
      [],
      [{ target: 'rubygems.org', address: '2001:db8::71', reason: 'no route' }],
      [{ target: 'unknown.invalid', address: null, reason: 'no address' }],
    );
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...PATHS), { maxLength: 3 }),
        skipped,
        fc.constantFrom(...RANKED_VERDICTS),
        fc.constantFrom(null, 1400, 1450, 1500),
        (paths, left, failOn, expectMtu) => {
          const report = reportOf('clear', paths, left);
          const threshold = { failOn, expectMtu };
          const code = exitCode(report, threshold);
          const results = paths.flatMap((path) => DIRECTIONS.map((name) => judge(name, path, threshold).result));
          const [line] = formatGitlab(report, { ...threshold, palette: PLAIN, evidence: false }).split('\n');
          if (code === 0) expect(results.filter((result) => result === 'failed' || result === 'unknown')).toEqual([]);
          if (code === 1) expect(results).toContain('failed');
          if (code === 3) expect(line).not.toBe('MTU_PROBE_RESULT=passed');
          if (code !== 3) expect(line).toBe(`MTU_PROBE_RESULT=${code === 1 ? 'failed' : 'passed'}`);
        },
      ),
    );
  });
});
