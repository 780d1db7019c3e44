import { describe, expect, it } from 'vitest';
import { exitCode } from '../../../src/cli/exit-code.ts';
import { type Direction, RANKED_VERDICTS } from '../../../src/contract.ts';
import { BLACK_HOLE, CLAMPED, CLEAR, MASKED, reportOf, UNREACHABLE } from '../report/reports.ts';

const DEFAULT = { failOn: 'delayed', expectMtu: null } as const;
const NO_ADDRESS = { target: 'unknown.invalid', address: null, reason: 'unknown.invalid has no address' };
const NO_IPV6 = { target: 'rubygems.org', address: '2001:db8::70', reason: 'no route' };

describe('exitCode', () => {
  it.each([
    ['clear', 0],
    ['clamped', 0],
    ['reduced', 0],
    ['delayed', 1],
    ['black-hole', 1],
    ['inconclusive', 3],
    ['unreachable', 3],
  ] as const)('of a path that is %s is %i', (verdict, code) => {
    expect(exitCode(reportOf(verdict, [{ ...CLEAR, verdict }]), DEFAULT)).toBe(code);
  });

  it.each(RANKED_VERDICTS)('is 1 at and above --fail-on %s', (failOn) => {
    const codes = RANKED_VERDICTS.map((verdict) =>
      exitCode(reportOf(verdict, [{ ...CLEAR, verdict }]), { failOn, expectMtu: null }),
    );
    const at = RANKED_VERDICTS.indexOf(failOn);
    expect(codes).toEqual(RANKED_VERDICTS.map((_, index) => (index >= at ? 1 : 0)));
  });

  it('puts what is proved before what is not known, and that before what is well', () => {
    expect(exitCode(reportOf('black-hole', [CLEAR, UNREACHABLE, BLACK_HOLE]), DEFAULT)).toBe(1);
    expect(exitCode(reportOf('inconclusive', [CLEAR, MASKED]), DEFAULT)).toBe(3);
    expect(exitCode(reportOf('clamped', [CLEAR, CLAMPED]), DEFAULT)).toBe(0);
  });

  it('is 3 for a target that could not be measured at all, even beside one that could', () => {
    expect(exitCode(reportOf('inconclusive', [], [NO_ADDRESS]), DEFAULT)).toBe(3);
    expect(exitCode(reportOf('clear', [CLEAR], [NO_ADDRESS]), DEFAULT)).toBe(3);
    expect(exitCode(reportOf('clear', [CLEAR], [NO_IPV6]), DEFAULT)).toBe(0);
  });

  it.each([
    ['exactly what is expected', { pathMtu: 1450, exact: true }, 0],
    ['more', { pathMtu: 1500, exact: true }, 0],
    ['less, exactly', { pathMtu: 1449, exact: true }, 1],
    ['less, as a lower bound', { pathMtu: 1400, exact: false }, 3],
    ['more, as a lower bound', { pathMtu: 1460, exact: false }, 0],
    ['nothing known of a direction that nobody asked for', { pathMtu: null, exact: false }, 0],
  ] satisfies [string, Partial<Direction>, number][])('with --expect-mtu 1450 and %s is %3$i', (_, found, code) => {
    const path = { ...CLEAR, reverse: { ...CLEAR.reverse, ...found } };
    expect(exitCode(reportOf('clear', [path]), { ...DEFAULT, expectMtu: 1450 })).toBe(code);
  });
});
