/** The list of paths: worst first, and the targets that have no path among them. */

import type { Overview, PathSummary, TargetState } from '../../service/contract.ts';
import { byGravity, type Status } from './status.ts';

export interface Row {
  /** Stable over refreshes: the id of the path, or the target's name behind a mark that no id has. */
  readonly key: string;
  readonly status: Status;
  readonly name: string;
  /** `null` where the target could not be measured, or has not been yet. */
  readonly path: PathSummary | null;
  /** `null` for a path whose target is no longer configured. */
  readonly target: TargetState | null;
}

export function rowsOf({ paths, targets }: Overview): readonly Row[] {
  const byName = new Map(targets.map((target) => [target.target, target]));
  const measured = paths.map((path) => ({
    key: path.id,
    status: path.judgement?.verdict ?? path.last.verdict,
    name: path.target,
    path,
    target: byName.get(path.target) ?? null,
  }));
  const seen = new Set(paths.map(({ target }) => target));
  const others = targets
    .filter(({ target }) => !seen.has(target))
    .map((target) => ({
      key: `target ${target.target}`,
      status: target.problem === null ? ('waiting' as const) : ('failed' as const),
      name: target.target,
      path: null,
      target,
    }));
  return [...measured, ...others].sort(
    (a, b) =>
      byGravity(a.status, b.status) ||
      compare(a.name, b.name) ||
      compare(a.path?.address ?? '', b.path?.address ?? '') ||
      compare(a.path?.transport ?? '', b.path?.transport ?? ''),
  );
}

/** Every word has to occur somewhere: in a name, an address, a label, the status. */
export function matching(rows: readonly Row[], query: string): readonly Row[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return words.length === 0 ? rows : rows.filter((row) => words.every((word) => textOf(row).includes(word)));
}

function textOf({ name, status, path, target }: Row): string {
  const labels = Object.entries(target?.labels ?? {}).map(([key, value]) => `${key}=${value}`);
  const parts = [name, status, status.replace('-', ' '), ...labels, target?.problem ?? ''];
  if (path !== null) {
    const masked = path.maskedSince === null ? [] : ['masked'];
    parts.push(path.address, `ipv${path.family}`, path.transport, path.sentence, ...masked);
  }
  return parts.join('\n').toLowerCase();
}

/** How many rows have which status, worst first. */
export function tally(rows: readonly Row[]): readonly (readonly [Status, number])[] {
  const counts = new Map<Status, number>();
  for (const { status } of rows) counts.set(status, (counts.get(status) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => byGravity(a, b));
}

/** By code unit: the same everywhere, whatever the language of the browser. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
