/** What a service might tell: every status, hostile names, both families. */

import type { PathReport, Verdict } from '../../src/contract.ts';
import type {
  HistoryPoint,
  KnownDirection,
  Mesh,
  Overview,
  PathDetail,
  PathSummary,
  ServiceEvent,
  TargetState,
} from '../../src/service/contract.ts';
import { BLACK_HOLE, CLEAR, EXPLAINED } from '../unit/report/reports.ts';

const MINUTE_MS = 60_000;

/** What would run if anything were taken for markup. */
export const HOSTILE = '<img src=x onerror="document.title=\'taken\'"><b>bold</b>';
/** It turns the direction of reading. */
export const BACKWARDS = 'safe\u202eelpmaxe.live';

export function minutesAgo(minutes: number): string {
  return new Date(Date.now() - minutes * MINUTE_MS).toISOString();
}

export function known(pathMtu: number | null, behaviour: KnownDirection['behaviour'] = 'clear'): KnownDirection {
  return { pathMtu, exact: pathMtu !== null, behaviour };
}

interface Wanted {
  readonly number: number;
  readonly target: string;
  readonly verdict: Verdict;
  readonly forward: KnownDirection;
  readonly reverse: KnownDirection;
  readonly report?: PathReport;
  readonly maskedSince?: string | null;
  readonly family?: 4 | 6;
}

function addressOf(number: number, family: 4 | 6): string {
  return family === 4 ? `203.0.113.${number}` : `2001:db8::${number.toString(16)}`;
}

export function madePath(wanted: Wanted): PathDetail {
  const { number, target, verdict, forward, reverse, report = CLEAR, maskedSince = null, family = 4 } = wanted;
  return {
    id: number.toString(16).padStart(16, '0'),
    target,
    address: addressOf(number, family),
    family,
    transport: number % 5 === 4 ? 'udp' : 'tcp',
    firstSeenAt: minutesAgo(6000),
    judgement: {
      verdict,
      since: minutesAgo(130),
      at: minutesAgo(1),
      forward,
      reverse,
      report: { ...report, target, verdict, family, address: addressOf(number, family) },
    },
    last: { at: minutesAgo(1), verdict, masked: maskedSince !== null },
    maskedSince,
    holdForwardAbove: verdict === 'black-hole' ? 1450 : null,
    sentence:
      verdict === 'black-hole'
        ? `Downloads from ${target} hang: large packets vanish untold.`
        : 'Large packets get through.',
    picture: [
      'forward  you ──1500──▶ 172.17.0.1 ──1450──▶ rubygems.org',
      'reverse  you ◀──1450──✗──1500── rubygems.org',
    ],
  };
}

export const HOLE = madePath({
  ...{ number: 1, target: 'rubygems.org', verdict: 'black-hole', report: EXPLAINED },
  ...{ forward: known(1450, 'signalled'), reverse: known(1450, 'silent') },
});

export const PATHS: readonly PathDetail[] = [
  HOLE,
  madePath({ number: 2, target: 'registry.example', verdict: 'clear', forward: known(1500), reverse: known(1500) }),
  madePath({
    ...{ number: 3, target: 'registry.example', verdict: 'reduced', family: 6, report: BLACK_HOLE },
    ...{ forward: known(1480, 'signalled'), reverse: known(1480, 'signalled') },
  }),
  madePath({
    number: 4,
    target: HOSTILE,
    verdict: 'inconclusive',
    forward: { ...known(1400, 'unknown'), exact: false },
    reverse: known(null, 'unknown'),
  }),
  madePath({
    number: 5,
    target: 'vpn.example',
    verdict: 'clamped',
    forward: known(1420, 'clamped'),
    reverse: known(1420, 'clamped'),
    maskedSince: minutesAgo(4),
  }),
];

export function madeTarget(target: string, change: Partial<TargetState> = {}): TargetState {
  return {
    ...{ target, labels: {}, schedule: '60s', nextAt: minutesAgo(-1), lastRunAt: minutesAgo(1), lastDurationMs: 900 },
    ...{ problem: null, failOn: 'reduced', expectMtu: null, gating: true, isPeer: false },
    slots: { due: 120, completed: 120, missed: 0, cut: 0, failed: 0, waiting: 0, running: 0 },
    paths: PATHS.filter((path) => path.target === target).map(({ id }) => id),
    ...change,
  };
}

function summaryOf({ picture: _, judgement, ...path }: PathDetail): PathSummary {
  if (judgement === null) return { ...path, judgement };
  const { report: __, ...rest } = judgement;
  return { ...path, judgement: rest };
}

export function overviewOf(paths: readonly PathDetail[], targets: readonly TargetState[]): Overview {
  return {
    ...{ schemaVersion: 1, version: '0.1.0', startedAt: minutesAgo(3000), now: new Date().toISOString() },
    readiness: {
      ready: paths.length > 0,
      pending: paths.length === 0,
      reasons: paths.length > 0 ? [] : ['rubygems.org has not been measured yet'],
    },
    ...{ targets, paths: paths.map(summaryOf), hasMesh: true },
  };
}

export const TARGETS: readonly TargetState[] = [
  madeTarget('rubygems.org', { labels: { team: 'ci', region: 'eu-central' } }),
  madeTarget('registry.example', {
    slots: { due: 120, completed: 116, missed: 3, cut: 0, failed: 1, waiting: 0, running: 0 },
  }),
  madeTarget(HOSTILE),
  madeTarget('vpn.example'),
  madeTarget('no-such-name.example', { problem: 'the name has no address' }),
  madeTarget('later.example', { lastRunAt: null, nextAt: minutesAgo(-30) }),
];

/** A day: clear, then a smaller way back, a pause, masked for a while, and the hole. */
export function madeHistory(): readonly HistoryPoint[] {
  const sizes: readonly (readonly [
    minutes: number,
    forward: number | null,
    reverse: number | null,
    masked: boolean,
  ])[] = [
    ...Array.from({ length: 40 }, (_, index) => [1400 - index * 10, 1500, 1500, false] as const),
    ...Array.from({ length: 20 }, (_, index) => [1000 - index * 10, 1500, 1492, false] as const),
    ...Array.from({ length: 10 }, (_, index) => [800 - index * 10, 1450, 1450, true] as const),
    ...Array.from({ length: 30 }, (_, index) => [700 - index * 10, 1500, 1400, false] as const),
    ...Array.from({ length: 14 }, (_, index) => [131 - index * 10, 1450, 1450, false] as const),
  ];
  return sizes.map(([minutes, forward, reverse, masked]) => ({
    at: minutesAgo(minutes),
    verdict: reverse === 1450 ? 'black-hole' : 'clear',
    masked,
    forward: known(forward),
    reverse: known(reverse),
    rttMs: 12.3,
    durationMs: 850,
  }));
}

export function madeEvent(id: number, change: Partial<ServiceEvent> = {}): ServiceEvent {
  const { judgement } = HOLE;
  const turn = judgement === null ? null : { ...judgement, at: minutesAgo(130) };
  return {
    ...{ id, kind: 'verdict-changed', at: minutesAgo(130), target: HOLE.target, pathId: HOLE.id },
    summary: 'rubygems.org (203.0.113.1): reverse path MTU was 1500, is 1450.',
    before: turn === null ? null : { ...turn, verdict: 'clear', forward: known(1500), reverse: known(1500) },
    after: turn,
    ...change,
  };
}

export const EVENTS: readonly ServiceEvent[] = [
  madeEvent(3),
  madeEvent(2, {
    kind: 'target-failed',
    pathId: null,
    target: 'no-such-name.example',
    summary: 'no-such-name.example has no address.',
    before: null,
    after: null,
    at: minutesAgo(400),
  }),
  madeEvent(1, {
    kind: 'started',
    pathId: null,
    target: null,
    summary: 'Started with 6 targets.',
    before: null,
    after: null,
    at: minutesAgo(3000),
  }),
];

/** @param oddAt the agent behind a smaller MTU, by its place */
export function madeMesh(agents: number, oddAt: number | null): Mesh {
  const names = Array.from({ length: agents }, (_, index) => `10.0.0.${index + 1}`);
  const rows = names.map((agent, row) => ({
    ...{ agent, version: '0.1.0', rounds: 1 },
    cells: names
      .filter((peer) => peer !== agent)
      .map((peer) => {
        const isOdd = row === oddAt || names.indexOf(peer) === oddAt;
        const direction = isOdd ? known(1400, 'silent') : known(1500);
        const verdict: Verdict = isOdd ? 'black-hole' : 'clear';
        return { peer, verdict, at: minutesAgo(1), forward: direction, reverse: direction, pathId: HOLE.id };
      }),
  }));
  return { rows, silent: [{ agent: '10.0.0.200', reason: `no answer within 2 s: ${HOSTILE}` }] };
}
