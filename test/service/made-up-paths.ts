/** A few targets with what became of them: one of each kind that a reader can meet. */

import { createHash } from 'node:crypto';
import type { PathReport, RankedVerdict } from '../../src/contract.ts';
import type {
  HistoryPoint,
  Judgement,
  KnownDirection,
  NewEvent,
  PathState,
  Readiness,
  TargetState,
} from '../../src/service/contract.ts';
import { isAtLeast } from '../../src/verdict-order.ts';
import { CLEAR, CLEAR_IPV6, EXPLAINED, MASKED, REDUCED, UNREACHABLE } from '../unit/report/reports.ts';

export const FIRST_SEEN = '2027-01-01T00:00:01.000Z';
export const LAST_RUN = '2027-01-01T01:00:00.000Z';

/** Whatever a name can hold that wants to be more than a name. */
export const HOSTILE_NAME = 'evil"\\\n# HELP x\u001b[31m<script>alert(1)</script>\u202e.example';

/** What is known of one direction of a report. */
export function known({ pathMtu, exact, behaviour }: PathReport['forward']): KnownDirection {
  return { pathMtu, exact, behaviour };
}

function judged(report: PathReport, since: string = FIRST_SEEN, at: string = LAST_RUN): Judgement {
  const { verdict, forward, reverse } = report;
  return { verdict, since, at, forward: known(forward), reverse: known(reverse), report };
}

/** A path as the last run of it left it. */
export function pathOf(report: PathReport, changes: Partial<PathState> = {}): PathState {
  const { target, address, family, transport, verdict } = report;
  const id = createHash('sha256')
    .update(JSON.stringify([target, address, transport]))
    .digest('hex')
    .slice(0, 16);
  return {
    id,
    target,
    address,
    family,
    transport,
    firstSeenAt: FIRST_SEEN,
    judgement: judged(report),
    last: { at: LAST_RUN, verdict, masked: false },
    maskedSince: null,
    holdForwardAbove: null,
    ...changes,
  };
}

export function targetOf(target: string, paths: readonly PathState[], changes: Partial<TargetState> = {}): TargetState {
  return {
    target,
    labels: {},
    schedule: '60s',
    nextAt: '2027-01-01T01:01:00.000Z',
    lastRunAt: LAST_RUN,
    lastDurationMs: 140,
    problem: null,
    slots: { due: 62, completed: 58, missed: 1, cut: 1, failed: 1, waiting: 0, running: 1 },
    paths: paths.filter((path) => path.target === target).map(({ id }) => id),
    isPeer: false,
    failOn: 'delayed',
    expectMtu: null,
    gating: true,
    ...changes,
  };
}

/** The same report, of another target. */
export function of(target: string, address: string, report: PathReport): PathReport {
  return { ...report, target, address, url: `https://${target}/` };
}

const OVER_UDP: PathReport = { ...of('mtu://peer.example:4821', '192.0.2.48', REDUCED), transport: 'udp', port: 4821 };

export const CLEAR_PATH = pathOf(CLEAR);
export const HOLE_PATH = pathOf(of('registry.example', '203.0.113.7', EXPLAINED), { holdForwardAbove: 1450 });
/** It was clear; now this host's own memory hides it. */
export const MASKED_PATH = pathOf(of('vpn.example', '192.0.2.20', CLEAR), {
  last: { at: LAST_RUN, verdict: MASKED.verdict, masked: true },
  maskedSince: '2027-01-01T00:50:00.000Z',
});
/** It was never seen without a mask. */
export const UNJUDGED_PATH = pathOf(of('new.example', '192.0.2.30', MASKED), {
  judgement: null,
  last: { at: LAST_RUN, verdict: MASKED.verdict, masked: true },
  maskedSince: FIRST_SEEN,
});
const HOSTILE_PATH = pathOf({ ...CLEAR, target: HOSTILE_NAME, url: HOSTILE_NAME });

export const MADE_UP_PATHS: readonly PathState[] = [
  CLEAR_PATH,
  pathOf(CLEAR_IPV6),
  HOLE_PATH,
  pathOf(of('mirror.example', '192.0.2.10', REDUCED)),
  MASKED_PATH,
  pathOf(of('gone.example', '192.0.2.70', UNREACHABLE)),
  UNJUDGED_PATH,
  pathOf(of('mtu://peer.example:4821', '192.0.2.48', { ...CLEAR, port: 4821 })),
  pathOf(OVER_UDP),
  HOSTILE_PATH,
];

export const MADE_UP_TARGETS: readonly TargetState[] = [
  targetOf('rubygems.org', MADE_UP_PATHS, { labels: { team: 'build', site: 'a' }, expectMtu: 1500 }),
  targetOf('registry.example', MADE_UP_PATHS, { labels: { team: 'registry' }, schedule: '*/5 * * * *' }),
  targetOf('mirror.example', MADE_UP_PATHS, { failOn: 'black-hole' }),
  targetOf('vpn.example', MADE_UP_PATHS),
  targetOf('gone.example', MADE_UP_PATHS, { gating: false }),
  targetOf('new.example', MADE_UP_PATHS),
  targetOf('mtu://peer.example:4821', MADE_UP_PATHS, { isPeer: true, gating: false }),
  targetOf('unknown.invalid', MADE_UP_PATHS, {
    gating: false,
    problem: 'unknown.invalid cannot be resolved here (ENOTFOUND)',
  }),
  targetOf(HOSTILE_NAME, MADE_UP_PATHS, { labels: { team: 'a"b\\c\nd' } }),
  targetOf('soon.example', MADE_UP_PATHS, {
    lastRunAt: null,
    lastDurationMs: null,
    gating: false,
    slots: { due: 1, completed: 0, missed: 0, cut: 0, failed: 0, waiting: 1, running: 0 },
  }),
];

/** Some change of a path, whose reports are as large as real ones. */
export function change(path: PathState, summary: string, at: string = LAST_RUN): NewEvent {
  const turn = (report: PathReport) => ({
    at,
    verdict: report.verdict,
    forward: known(report.forward),
    reverse: known(report.reverse),
    report,
  });
  return {
    kind: 'verdict-changed',
    at,
    target: path.target,
    pathId: path.id,
    summary,
    before: turn(CLEAR),
    after: turn(EXPLAINED),
  };
}

/** @param minute of the first hour of 2027. */
export function pointAt(minute: number, report: PathReport = CLEAR): HistoryPoint {
  return {
    at: `2027-01-01T00:${String(minute).padStart(2, '0')}:00.000Z`,
    verdict: report.verdict,
    masked: false,
    forward: known(report.forward),
    reverse: known(report.reverse),
    rttMs: report.rttMs,
    durationMs: 140,
  };
}

/** As the service decides it: each gating target has paths, and the worst of them is below what it is held to. */
export function readinessOf(targets: readonly TargetState[], paths: readonly PathState[]): Readiness {
  const gating = targets.filter((target) => target.gating);
  const mine = (target: TargetState): readonly PathState[] => paths.filter((path) => target.paths.includes(path.id));
  const unjudged = (target: TargetState): boolean =>
    mine(target).length === 0 || mine(target).some(({ judgement }) => judgement === null);
  const reasons = gating.flatMap((target) => {
    if (unjudged(target)) return [`${target.target}: not measured yet`];
    const bad = mine(target).find(({ judgement }) => isInTheWay(judgement, target.failOn));
    return bad === undefined ? [] : [`${target.target} (${bad.address}): ${bad.judgement?.verdict}`];
  });
  return { ready: reasons.length === 0, reasons, pending: gating.some(unjudged) };
}

function isInTheWay(judgement: Judgement | null, failOn: RankedVerdict): boolean {
  if (judgement === null) return true;
  const { verdict } = judgement;
  return verdict === 'inconclusive' || verdict === 'unreachable' || isAtLeast(verdict, failOn);
}
