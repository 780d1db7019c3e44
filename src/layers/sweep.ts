/**
 * Measures layers from inside, each when all that are around it are done.
 *
 * Outermost first, because of what servers remember: one that is told of a smaller size is told by packets that were too
 * large for some network, and keeps that for ten minutes (`mtu_expires`, ip-sysctl) for the address that all layers share
 * where addresses are translated. An outer layer measured after an inner, wider one would look as narrow as that.
 */

import pLimit from 'p-limit';
import type { Report } from '../contract.ts';
import { MtuProbeError } from '../errors.ts';
import type { Layer } from './contract.ts';

/** `ended`: nobody is there any more who could suffer. `failed`: it is there, and not known. `reason` is for people. */
export type Swept =
  | { readonly kind: 'measured'; readonly report: Report }
  | { readonly kind: 'ended' | 'failed'; readonly reason: string };

type ToSweep = Pick<Layer, 'netns' | 'name' | 'depth' | 'parent'>;

/** How far a sweep has come. */
export interface SweepProgress {
  readonly done: number;
  readonly all: number;
  /** The layer that was begun last. */
  readonly name: string;
}

export interface SweepDeps {
  /** Rejects with an MtuProbeError whose message says why it could not be measured. */
  measure(netns: string, signal: AbortSignal): Promise<Report>;
  /** Something still keeps the namespace: a process in it, or a mount. */
  isThere(netns: string): boolean;
  onProgress(progress: SweepProgress): void;
}

/**
 * @param layers each before those that are nested in it. @param chosen `netns` of those to measure.
 * @param atOnce layers measured at the same time.
 * @returns one entry per chosen layer. After an abort the rest is not measured, and says so.
 */
export async function sweep(
  layers: readonly ToSweep[],
  chosen: ReadonlySet<string>,
  deps: SweepDeps,
  atOnce: number,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Swept>> {
  const swept = new Map<string, Swept>();
  const limit = pLimit(atOnce);
  const all = layers.filter(({ netns }) => chosen.has(netns)).length;
  for (const ring of rings(layers, chosen)) {
    await Promise.all(
      ring.map((layer) =>
        limit(async () => {
          deps.onProgress({ done: swept.size, all, name: layer.name });
          swept.set(layer.netns, await sweepOne(layer, deps, signal));
        }),
      ),
    );
  }
  return swept;
}

async function sweepOne({ netns }: ToSweep, deps: SweepDeps, signal: AbortSignal): Promise<Swept> {
  if (signal.aborted) return { kind: 'failed', reason: 'interrupted before it was measured' };
  try {
    const report = await deps.measure(netns, signal);
    const isDecided = report.verdict !== 'inconclusive' && report.verdict !== 'unreachable';
    // What ends takes its interfaces along: silence from then on says nothing of the path.
    if (isDecided || deps.isThere(netns)) return { kind: 'measured', report };
    return { kind: 'ended', reason: 'it ended while it was measured' };
  } catch (error) {
    if (!(error instanceof MtuProbeError)) throw error;
    if (deps.isThere(netns)) return { kind: 'failed', reason: error.message };
    return { kind: 'ended', reason: 'it ended before it was measured' };
  }
}

/**
 * Those with as many around them, outermost first. Last those of which it is not known how far in they are: even of these it
 * may be known who is around whom.
 */
function rings(layers: readonly ToSweep[], chosen: ReadonlySet<string>): ToSweep[][] {
  const known = new Map<string, number>();
  for (const { netns, parent } of layers) {
    const around = parent === null ? undefined : known.get(parent);
    known.set(netns, around === undefined ? 0 : around + 1);
  }
  const turns = new Map<number, ToSweep[]>();
  for (const layer of layers.filter(({ netns }) => chosen.has(netns))) {
    // No depth is as large as the number of layers.
    const turn = layer.depth ?? layers.length + (known.get(layer.netns) ?? 0);
    turns.set(turn, [...(turns.get(turn) ?? []), layer]);
  }
  return [...turns].sort(([a], [b]) => a - b).map(([, ring]) => ring);
}
