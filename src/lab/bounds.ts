/** What a report may say where somebody on the path decides what a prober gets to see: not one answer, but none wrong. */

import type { Direction, DirectionName, Verdict } from '../contract.ts';
import type { CommandRun } from './differences.ts';

export interface Bounds {
  /** Every verdict that is true of this path; whatever is not known may be `inconclusive` if that is among them. */
  readonly verdicts: readonly Verdict[];
  /** The largest packet that really passes. */
  readonly largest: Readonly<Record<DirectionName, number>>;
  /** Larger packets really vanish untold: the direction is not to be called clear. */
  readonly silent: readonly DirectionName[];
  /** The whole command, from its start to its end, takes no longer than this. */
  readonly withinMs: number;
}

const UNDECIDED: readonly Verdict[] = ['inconclusive', 'unreachable'];

/** One sentence for everything that is wrong with the report; empty when nothing is. */
export function outOfBounds(bounds: Bounds, { report, wallMs }: Omit<CommandRun, 'exitCode'>): string[] {
  const late = wallMs > bounds.withinMs;
  const path = report?.paths[0];
  return [
    ...(late ? [`duration: expected at most ${bounds.withinMs} ms, got ${Math.round(wallMs)} ms`] : []),
    ...(path === undefined ? ['report: expected one with a path, got none'] : []),
    ...(path === undefined || bounds.verdicts.includes(path.verdict)
      ? []
      : [`verdict: expected ${bounds.verdicts.join(' or ')}, got ${path.verdict}`]),
    ...(path !== undefined && UNDECIDED.includes(path.verdict) && path.findings.length === 0
      ? ['findings: expected a reason, got none']
      : []),
    ...(path === undefined ? [] : wrongDirections(bounds, path)),
  ];
}

type Measured = Readonly<Record<DirectionName, Direction>> & { readonly verdict: Verdict };

/** Silence that is called inconclusive is echo's alone, whose answers are as large and vanish on the way back. */
function wrongDirections({ largest, silent }: Bounds, path: Measured): string[] {
  return (['forward', 'reverse'] as const).flatMap((name) => {
    const { pathMtu, behaviour } = path[name];
    const hidden = silent.includes(name) && behaviour === 'clear';
    const invented =
      !silent.includes(name) && path.verdict !== 'inconclusive' && (behaviour === 'silent' || behaviour === 'delayed');
    return [
      ...(pathMtu !== null && pathMtu > largest[name]
        ? [`${name}.pathMtu: expected at most ${largest[name]}, got ${pathMtu}`]
        : []),
      ...(hidden || invented ? [`${name}.behaviour: got ${behaviour}, which is not so`] : []),
    ];
  });
}
