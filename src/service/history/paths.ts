/**
 * Where the paths stand, and the reports that are kept whole: of each path the last one and the one that its judgement
 * rests on, and those by which verdict or path MTU turned. All others are in no row: 15 kB each, every few seconds.
 */

import type { HistoryPoint, PathState } from '../contract.ts';
import type { Connection } from './connection.ts';
import { damaged } from './damage.ts';
import type { RunPath } from './history.ts';
import { type PointRow, pointValues, toMs } from './rows.ts';

const POINT_COLUMNS = `path, at, run, verdict, masked, failed, forward_path_mtu, forward_exact, forward_behaviour,
  reverse_path_mtu, reverse_exact, reverse_behaviour, rtt_ms, duration_ms`;

interface StateRow {
  readonly id: string;
  readonly state: string;
  readonly report: string | null;
}

type Turning = Pick<PointRow, 'verdict' | 'forward_path_mtu' | 'reverse_path_mtu'>;

/** The state without its judgement's report, which is a row of its own. */
type StoredState = Omit<PathState, 'judgement'> & { readonly judgement: object | null };

/** In the order in which they were first seen. @throws EnvironmentError when a state cannot be read. */
export function readStates(connection: Connection): readonly PathState[] {
  const rows = connection.all<StateRow>(
    `SELECT paths.id, state, report FROM paths
     LEFT JOIN reports ON reports.path = paths.key AND reports.at = paths.judged_at
     WHERE state IS NOT NULL ORDER BY key`,
  );
  return rows.map((row) => toState(connection, row));
}

function toState(connection: Connection, { id, state, report }: StateRow): PathState {
  try {
    const stored = JSON.parse(state) as StoredState;
    if (stored.judgement === null) return stored as PathState;
    if (report === null) throw new SyntaxError('its judgement has no report');
    return { ...stored, judgement: { ...stored.judgement, report: JSON.parse(report) } } as PathState;
  } catch (error) {
    if (error instanceof SyntaxError) throw damaged(connection.name, `the state of path ${id}: ${error.message}`);
    throw error;
  }
}

/** Within the transaction of its run. */
export function recordPath(connection: Connection, run: number, path: RunPath): void {
  const { state, point, report } = path;
  const { judgement } = state;
  const at = toMs(point.at);
  const judgedAt = judgement === null ? null : toMs(judgement.at);
  const key = writeState(connection, state, at, judgedAt);
  const turned = isTurn(lastPoint(connection, key), point);
  connection.run(
    `INSERT INTO points (${POINT_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    key,
    at,
    run,
    ...pointValues(path),
  );
  connection.run('DELETE FROM reports WHERE path = ? AND turned = 0 AND at IS NOT ?', key, judgedAt);
  connection.run(
    `INSERT INTO reports (path, at, turned, report) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET report = excluded.report, turned = max(turned, excluded.turned)`,
    key,
    at,
    Number(turned),
    JSON.stringify(report),
  );
  if (judgement === null || judgedAt === null || hasReport(connection, key, judgedAt)) return;
  const judged = JSON.stringify(judgement.report);
  connection.run('INSERT INTO reports (path, at, turned, report) VALUES (?, ?, 0, ?)', key, judgedAt, judged);
}

/** Its points and the reports of its turns stay, until they are old. */
export function forgetPath(connection: Connection, id: string): void {
  connection.run('DELETE FROM reports WHERE turned = 0 AND path = (SELECT key FROM paths WHERE id = ?)', id);
  connection.run('UPDATE paths SET state = NULL, reported_at = NULL, judged_at = NULL WHERE id = ?', id);
}

function writeState(connection: Connection, state: PathState, at: number, judgedAt: number | null): number {
  const { judgement } = state;
  const stored = { ...state, judgement: judgement === null ? null : { ...judgement, report: undefined } };
  const row = connection.first<{ key: number }>(
    `INSERT INTO paths (id, state, reported_at, judged_at) VALUES (?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET state = excluded.state, reported_at = excluded.reported_at,
       judged_at = excluded.judged_at
     RETURNING key`,
    state.id,
    JSON.stringify(stored),
    at,
    judgedAt,
  );
  if (row === null) throw new Error(`the state of path ${state.id} was written to no row`);
  return row.key;
}

function lastPoint(connection: Connection, key: number): Turning | null {
  return connection.first<Turning>(
    `SELECT verdict, forward_path_mtu, reverse_path_mtu FROM points
     WHERE path = ? ORDER BY at DESC, run DESC LIMIT 1`,
    key,
  );
}

/** The first point turns nothing. */
function isTurn(before: Turning | null, { verdict, forward, reverse }: HistoryPoint): boolean {
  if (before === null) return false;
  return (
    before.verdict !== verdict ||
    before.forward_path_mtu !== forward.pathMtu ||
    before.reverse_path_mtu !== reverse.pathMtu
  );
}

function hasReport(connection: Connection, key: number, at: number): boolean {
  return connection.first('SELECT 1 AS found FROM reports WHERE path = ? AND at = ?', key, at) !== null;
}
