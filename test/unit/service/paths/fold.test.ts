import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Direction, PathReport } from '../../../../src/contract.ts';
import type { PathState } from '../../../../src/service/contract.ts';
import { foldRun } from '../../../../src/service/paths/fold.ts';
import { BLACK_HOLE, CLAMPED, CLEAR, finding, MASKED, REDUCED } from '../../report/reports.ts';

const RUN = { id: '0123456789abcdef', target: 'rubygems.org' };

/** One run a minute. */
function foldAll(reports: readonly PathReport[]) {
  let state: PathState | null = null;
  const events = reports.flatMap((report, minute) => {
    const folded = foldRun(state, report, { ...RUN, at: atMinute(minute) });
    state = folded.state;
    return folded.events;
  });
  return { state: state as unknown as PathState, events, kinds: events.map(({ kind }) => kind) };
}

function atMinute(minute: number): string {
  return new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString();
}

function withPath(report: PathReport, forward: Partial<Direction>, reverse: Partial<Direction> = {}): PathReport {
  return { ...report, forward: { ...report.forward, ...forward }, reverse: { ...report.reverse, ...reverse } };
}

describe('the story of a path', () => {
  it('breaks, stays broken and heals: two changes, with what was before and after', () => {
    const { events, kinds, state } = foldAll([CLEAR, CLEAR, BLACK_HOLE, BLACK_HOLE, CLEAR]);
    expect(kinds).toEqual(['path-found', 'verdict-changed', 'verdict-changed']);
    expect(events[1]).toMatchObject({ at: atMinute(2), before: { at: atMinute(1), report: CLEAR } });
    expect(events[1]?.after?.report).toBe(BLACK_HOLE);
    expect(events[1]?.summary).toContain('was clear, is black-hole');
    expect(state.judgement).toMatchObject({ verdict: 'clear', since: atMinute(4), at: atMinute(4) });
  });

  it('says since when a path is what it is, and when that was last seen', () => {
    const { state } = foldAll([CLEAR, BLACK_HOLE, BLACK_HOLE, BLACK_HOLE]);
    expect(state.judgement).toMatchObject({ verdict: 'black-hole', since: atMinute(1), at: atMinute(3) });
  });

  it('names a path MTU that changed while the verdict did not', () => {
    const wider = withPath(REDUCED, {}, {});
    const narrower = withPath(REDUCED, { pathMtu: 1300, exact: true }, { pathMtu: 1300, exact: true });
    const { kinds, events } = foldAll([wider, narrower]);
    expect(kinds).toEqual(['path-found', 'path-mtu-changed']);
    expect(events[1]?.summary).toMatch(/forward path MTU was \d+, is 1300; .*since 2026-01-01T00:01/);
  });
});

describe('a masked run', () => {
  it('never replaces the last judgement, and is shown as masked since then', () => {
    const { state, kinds } = foldAll([REDUCED, MASKED, MASKED]);
    expect(kinds).toEqual(['path-found', 'masked']);
    expect(state).toMatchObject({
      judgement: { verdict: 'reduced', at: atMinute(0) },
      maskedSince: atMinute(1),
      last: { at: atMinute(2), masked: true },
    });
  });

  it('is over with the first run that sees everything', () => {
    const { state, kinds } = foldAll([REDUCED, MASKED, REDUCED]);
    expect(kinds).toEqual(['path-found', 'masked', 'unmasked']);
    expect(state.maskedSince).toBeNull();
  });

  it('is no judgement where there is none yet', () => {
    const { state, kinds } = foldAll([MASKED]);
    expect(state.judgement).toBeNull();
    expect(kinds).toEqual(['masked']);
  });

  it('that proves a black hole all the same is believed', () => {
    const seenThrough = withPath({ ...BLACK_HOLE }, { masked: true });
    const { state, kinds } = foldAll([CLEAR, seenThrough]);
    expect(state.judgement?.verdict).toBe('black-hole');
    expect(kinds).toEqual(['path-found', 'verdict-changed']);
  });

  it('that proves nothing worse than what is known is not', () => {
    const { state } = foldAll([BLACK_HOLE, withPath(CLEAR, { masked: true })]);
    expect(state.judgement?.verdict).toBe('black-hole');
  });
});

describe('what is no change', () => {
  it('reduced and clamped at equal path MTUs', () => {
    const reduced = withPath(REDUCED, { pathMtu: 1450, exact: true }, { pathMtu: 1450, exact: true });
    const clamped = withPath(CLAMPED, { pathMtu: 1450, exact: true }, { pathMtu: 1450, exact: false });
    const { kinds, state } = foldAll([reduced, clamped, reduced, clamped]);
    expect(kinds).toEqual(['path-found']);
    expect(state.judgement).toMatchObject({ verdict: 'reduced', since: atMinute(0), at: atMinute(3) });
    expect(state.judgement?.report.verdict).toBe('reduced');
  });

  it('reduced and clamped at other path MTUs are a change', () => {
    const reduced = withPath(REDUCED, { pathMtu: 1450, exact: true }, { pathMtu: 1450, exact: true });
    const clamped = withPath(CLAMPED, { pathMtu: 1400, exact: true }, { pathMtu: 1400, exact: false });
    expect(foldAll([reduced, clamped]).kinds).toEqual(['path-found', 'verdict-changed']);
  });

  it('a lower bound below a number that was exact', () => {
    expect(foldAll([CLEAR, withPath(CLEAR, { pathMtu: 1400, exact: false })]).kinds).toEqual(['path-found']);
  });

  it('a lower bound that grows', () => {
    const bound = withPath(CLEAR, { pathMtu: 1400, exact: false });
    expect(foldAll([bound, withPath(CLEAR, { pathMtu: 1450, exact: false })]).kinds).toEqual(['path-found']);
  });

  it('a lower bound above a number that was exact is one', () => {
    const exact = withPath(REDUCED, { pathMtu: 1400, exact: true });
    expect(foldAll([exact, withPath(REDUCED, { pathMtu: 1450, exact: false })]).kinds).toEqual([
      'path-found',
      'path-mtu-changed',
    ]);
  });
});

describe('what is a change in several steps', () => {
  const exact = (pathMtu: number): PathReport => withPath(CLEAR, { pathMtu, exact: true }, { pathMtu, exact: true });
  const bound = (pathMtu: number): PathReport => withPath(CLEAR, { pathMtu, exact: false }, { pathMtu, exact: false });

  it('is not missed for a lower bound in between', () => {
    const { kinds, events, state } = foldAll([exact(1500), bound(1400), exact(1450)]);
    expect(kinds).toEqual(['path-found', 'path-mtu-changed']);
    expect(events[1]?.summary).toContain('forward path MTU was 1500, is 1450');
    expect(state.judgement?.forward).toMatchObject({ pathMtu: 1450, exact: true });
  });

  it('is not missed for a run without a reply that was long enough', () => {
    const short = withPath(exact(1500), {}, { pathMtu: null, exact: false, behaviour: 'not-exercised' });
    const { events } = foldAll([exact(1500), short, withPath(exact(1500), {}, { pathMtu: 1450 })]);
    expect(events.map(({ summary }) => summary)[1]).toContain('reverse path MTU was 1500, is 1450');
  });

  it('is not missed for a number that was first found by the other of reduced and clamped', () => {
    const reduced = withPath(REDUCED, { pathMtu: 1400, exact: false }, { pathMtu: 1400, exact: false });
    const clamped = (pathMtu: number): PathReport =>
      withPath(CLAMPED, { pathMtu, exact: true }, { pathMtu, exact: true });
    expect(foldAll([reduced, clamped(1450), clamped(1480)]).kinds).toEqual(['path-found', 'verdict-changed']);
  });
});

describe('any two runs in a row', () => {
  it('of exact path MTUs that differ have a change between them, whatever bounds lie between', () => {
    const size = fc.constantFrom(1280, 1400, 1450, 1500);
    const run = fc.record({ size, exact: fc.boolean() });
    fc.assert(
      fc.property(fc.array(run, { maxLength: 12 }), (runs) => {
        const reports = runs.map(({ size: pathMtu, exact }) => withPath(CLEAR, { pathMtu, exact }));
        const { events } = foldAll(reports);
        const changed = new Set(events.map(({ at }) => at));
        let last: number | null = null;
        let isChanged = false;
        for (const [minute, { size: pathMtu, exact }] of runs.entries()) {
          isChanged ||= changed.has(atMinute(minute));
          if (!exact) continue;
          if (last !== null && last !== pathMtu) expect(isChanged).toBe(true);
          last = pathMtu;
          isChanged = false;
        }
      }),
    );
  });
});

describe('a known black hole on the way back', () => {
  const HOLE = withPath(BLACK_HOLE, { pathMtu: 1450, exact: true, behaviour: 'signalled' });
  const WITHHELD: PathReport = {
    ...withPath(BLACK_HOLE, { pathMtu: 1450, exact: false, behaviour: 'unknown' }),
    findings: [...BLACK_HOLE.findings, finding('forward-withheld', 'info', 'Nothing larger was sent.', '')],
  };

  it('holds forward back from its path MTU on', () => {
    expect(foldAll([HOLE]).state.holdForwardAbove).toBe(HOLE.reverse.pathMtu);
    expect(foldAll([CLEAR]).state.holdForwardAbove).toBeNull();
  });

  it('is known until reverse is seen to be well, and not only not seen', () => {
    const unseen = withPath(CLEAR, {}, { behaviour: 'unknown', masked: true });
    expect(foldAll([HOLE, unseen]).state.holdForwardAbove).toBe(HOLE.reverse.pathMtu);
    expect(foldAll([HOLE, withPath(CLEAR, {}, { masked: true })]).state.holdForwardAbove).toBe(HOLE.reverse.pathMtu);
    expect(foldAll([HOLE, CLEAR]).state.holdForwardAbove).toBeNull();
  });

  it('leaves forward as it was found beside the same hole', () => {
    const { state, kinds } = foldAll([HOLE, WITHHELD, WITHHELD]);
    expect(state.judgement?.forward).toEqual({ pathMtu: 1450, exact: true, behaviour: 'signalled' });
    expect(state.judgement).toMatchObject({ at: atMinute(2), report: { findings: HOLE.findings } });
    expect(kinds).toEqual(['path-found']);
  });

  it('says nothing of forward as it was before the hole', () => {
    const { state } = foldAll([CLEAR, WITHHELD]);
    expect(state.judgement?.forward).toEqual({ pathMtu: 1450, exact: false, behaviour: 'unknown' });
  });
});
