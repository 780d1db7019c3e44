/** Values of the contract as rows, and back. */

import type { Behaviour, Verdict } from '../../contract.ts';
import type { EventKind, HistoryPoint, KnownDirection, NewEvent, ServiceEvent, Turn } from '../contract.ts';
import type { Value } from './connection.ts';
import type { RunPath } from './history.ts';

export interface PointRow {
  readonly at: number;
  readonly verdict: Verdict;
  readonly masked: number;
  readonly forward_path_mtu: number | null;
  readonly forward_exact: number;
  readonly forward_behaviour: Behaviour;
  readonly reverse_path_mtu: number | null;
  readonly reverse_exact: number;
  readonly reverse_behaviour: Behaviour;
  readonly rtt_ms: number | null;
  readonly duration_ms: number;
}

export interface EventRow {
  readonly id: number;
  readonly kind: EventKind;
  readonly at: number;
  readonly target: string | null;
  readonly path_id: string | null;
  readonly summary: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** Milliseconds since 1970: as long as half of the text, and `datetime(at / 1000, 'unixepoch')` is the text again. */
export function toMs(instant: string): number {
  return Date.parse(instant);
}

function toInstant(ms: number): string {
  return new Date(ms).toISOString();
}

/** The columns of `points` behind its key. */
export function pointValues({ point, failed }: RunPath): readonly Value[] {
  const { verdict, masked, forward, reverse, rttMs, durationMs } = point;
  return [
    verdict,
    Number(masked),
    Number(failed),
    ...directionValues(forward),
    ...directionValues(reverse),
    rttMs,
    durationMs,
  ];
}

function directionValues({ pathMtu, exact, behaviour }: KnownDirection): readonly Value[] {
  return [pathMtu, Number(exact), behaviour];
}

export function toPoint(row: PointRow): HistoryPoint {
  return {
    at: toInstant(row.at),
    verdict: row.verdict,
    masked: row.masked === 1,
    forward: {
      pathMtu: row.forward_path_mtu,
      exact: row.forward_exact === 1,
      behaviour: row.forward_behaviour,
    },
    reverse: {
      pathMtu: row.reverse_path_mtu,
      exact: row.reverse_exact === 1,
      behaviour: row.reverse_behaviour,
    },
    rttMs: row.rtt_ms,
    durationMs: row.duration_ms,
  };
}

/** The columns of `events` behind its id. */
export function eventValues({ kind, at, target, pathId, summary, before, after }: NewEvent): readonly Value[] {
  return [kind, toMs(at), target, pathId, summary, toJson(before), toJson(after)];
}

export function toEvent({ id, kind, at, target, path_id, summary, before, after }: EventRow): ServiceEvent {
  return {
    id,
    kind,
    at: toInstant(at),
    target,
    pathId: path_id,
    summary,
    before: before === null ? null : (JSON.parse(before) as Turn),
    after: after === null ? null : (JSON.parse(after) as Turn),
  };
}

function toJson(turn: Turn | null): string | null {
  return turn === null ? null : JSON.stringify(turn);
}
