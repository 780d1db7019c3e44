/** What the measurement inside a layer says of a step on its way out. */

import type { DirectionName, PathReport } from '../contract.ts';
import { isHole } from '../hole.ts';
import type { Layer } from './contract.ts';

/**
 * Gravest first.
 * - `broken`: larger packets vanish, and no larger ones than the outer place takes get through.
 * - `told`: their senders are told. `clamped`: TCP agrees on smaller ones from the start.
 * - `undecided`: measured, and not known. `unmeasured`: nothing was sent through the step.
 * - `passes`: packets that are larger than the outer place takes get through all the same.
 */
export const STANDINGS = ['broken', 'told', 'clamped', 'undecided', 'unmeasured', 'passes'] as const;

export interface Standing {
  readonly kind: (typeof STANDINGS)[number];
  /** The largest size that arrives; `null` where that is not known. */
  readonly size: number | null;
  /** Where it is so; `null` where that makes no difference. */
  readonly direction: DirectionName | null;
}

/** @param outerMtu what the outer end of the step takes. */
export function standingOf({ report, egress }: Pick<Layer, 'report' | 'egress'>, outerMtu: number): Standing {
  const paths = (report?.paths ?? []).filter((path) => path.egress.interface === egress);
  const standings = paths.map((path) => ofPath(path, outerMtu));
  return (
    standings.sort((a, b) => STANDINGS.indexOf(a.kind) - STANDINGS.indexOf(b.kind))[0] ?? {
      kind: 'unmeasured',
      size: null,
      direction: null,
    }
  );
}

/** The smallest size above which packets of the layer are measured to vanish; `null` where none do. */
export function holeOf({ report }: Pick<Layer, 'report'>): number | null {
  const sizes = (report?.paths ?? []).filter(hasHole).flatMap((path) =>
    (['forward', 'reverse'] as const)
      .filter((name) => isHole(path[name]))
      .map((name) => path[name].pathMtu)
      .filter((size) => size !== null),
  );
  return sizes.length === 0 ? null : Math.min(...sizes);
}

export function hasHole({ verdict }: PathReport): boolean {
  return verdict === 'black-hole' || verdict === 'delayed';
}

function ofPath(path: PathReport, outerMtu: number): Standing {
  const undecided: Standing = { kind: 'undecided', size: null, direction: null };
  // Nothing was sent to an address of the layer itself.
  if (path.findings.some(({ code }) => code === 'local')) return { ...undecided, kind: 'unmeasured' };
  switch (path.verdict) {
    case 'black-hole':
    case 'delayed':
      return held('broken', path, isHole, outerMtu);
    case 'reduced':
      return held('told', path, ({ behaviour }) => behaviour === 'signalled' || behaviour === 'local-limit', outerMtu);
    case 'clamped':
      return held('clamped', path, ({ behaviour }) => behaviour === 'clamped', outerMtu);
    case 'clear': {
      const sizes = [path.forward.pathMtu, path.reverse.pathMtu].filter((size) => size !== null);
      const size = sizes.length === 0 ? null : Math.min(...sizes);
      // With a lower ceiling nothing as large was tried.
      return size !== null && size > outerMtu ? { kind: 'passes', size, direction: null } : undecided;
    }
    case 'inconclusive':
    case 'unreachable':
      return undecided;
  }
}

/** The smaller one of the directions that are so; what ends above the step is the matter of something else. */
function held(
  kind: Standing['kind'],
  path: PathReport,
  isSo: (direction: PathReport['forward']) => boolean,
  outerMtu: number,
): Standing {
  const [smallest] = (['reverse', 'forward'] as const)
    .filter((name) => isSo(path[name]))
    .map((direction) => ({ direction, size: path[direction].pathMtu }))
    .sort((a, b) => (a.size ?? 0) - (b.size ?? 0));
  if (smallest === undefined) return { kind: 'undecided', size: null, direction: null };
  return { kind: smallest.size !== null && smallest.size > outerMtu ? 'passes' : kind, ...smallest };
}
