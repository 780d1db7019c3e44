/**
 * layers(scope, deps) → LayersReport: look around, inspect, make sense of it, measure, find the steps. What the command
 * line calls; `inspectLayers` is the same without any packet.
 *
 *   lookAround ─▶ inspectAll ─▶ treeOf ─▶ choose ─▶ sweep ─▶ findingsOf
 */

import type { LayersScope } from '../config/layers.ts';
import type { RankedVerdict, Report, Verdict } from '../contract.ts';
import { reportVerdict } from '../diagnosis/verdict.ts';
import { EnvironmentError, UsageError } from '../errors.ts';
import { type Choice, choose } from './choose.ts';
import type { LayerFinding, LayersReport } from './contract.ts';
import { findingsOf } from './findings.ts';
import { layerOf, type PlacedLayer } from './placed-layer.ts';
import type { InspectionAnswer, SeenNamespace, Sight } from './seen.ts';
import { type SweepProgress, type Swept, sweep } from './sweep.ts';
import { treeOf } from './tree.ts';
import { viewOf } from './view.ts';

/** Everything that is needed of the world. */
export interface InspectDeps {
  lookAround(signal: AbortSignal): Promise<Sight>;
  /** Sends nothing. */
  inspectAll(namespaces: readonly SeenNamespace[], signal: AbortSignal): Promise<ReadonlyMap<string, InspectionAnswer>>;
  /** Milliseconds, from any monotonic clock. */
  now(): number;
  /** ISO 8601, UTC. */
  timeOfDay(): string;
  readonly version: string;
}

export interface LayersDeps extends InspectDeps {
  /** Rejects with an MtuProbeError whose message says why it could not be measured. */
  measure(namespace: SeenNamespace, signal: AbortSignal): Promise<Report>;
  /** Something still keeps the namespace: a process in it, or a mount. */
  isThere(namespace: SeenNamespace): boolean;
  onProgress(progress: SweepProgress): void;
}

export interface SweepOptions {
  readonly targets: readonly string[];
  readonly failOn: RankedVerdict;
  readonly atOnce: number;
}

const NOTHING_SENT = 'nothing was sent';

/**
 * Measures every chosen layer from inside. An abort of `signal` ends it early with a report of all that was measured.
 *
 * @throws UsageError when a pattern of `scope` matches no layer, EnvironmentError when it is interrupted before anything
 *   is measured: nothing was sent.
 */
export async function layers(
  scope: LayersScope,
  options: SweepOptions,
  deps: LayersDeps,
  signal: AbortSignal,
): Promise<LayersReport> {
  const start = deps.now();
  const startedAt = deps.timeOfDay();
  const found = await survey(scope, deps, signal);
  const namespaceOf = (netns: string): SeenNamespace => found.namespaces.get(netns) as SeenNamespace;
  const swept = await sweep(
    found.layers,
    found.choice.chosen,
    {
      measure: (netns, until) => deps.measure(namespaceOf(netns), until),
      isThere: (netns) => deps.isThere(namespaceOf(netns)),
      onProgress: deps.onProgress,
    },
    options.atOnce,
    signal,
  );
  const all = found.layers.map((layer) => layerOf(layer, outcomeOf(layer, swept, found.choice)));
  return {
    schemaVersion: 1,
    version: deps.version,
    startedAt,
    durationMs: Math.round(deps.now() - start),
    verdict: reportVerdict([...swept.values()].flatMap(verdictOf), options.failOn),
    targets: options.targets,
    layers: all,
    findings: about(found.choice, findingsOf(all)),
    unseen: found.unseen,
  };
}

/** What is configured, and where it steps. @throws UsageError as `layers`. */
export async function inspectLayers(scope: LayersScope, deps: InspectDeps, signal: AbortSignal): Promise<LayersReport> {
  const start = deps.now();
  const startedAt = deps.timeOfDay();
  const { layers: placed, choice, unseen } = await survey(scope, deps, signal);
  const all = placed.map((layer) =>
    layerOf(layer, choice.reasons.get(layer.netns) ?? layer.notMeasured ?? NOTHING_SENT),
  );
  return {
    schemaVersion: 1,
    version: deps.version,
    startedAt,
    durationMs: Math.round(deps.now() - start),
    verdict: null,
    targets: [],
    layers: all,
    findings: about(choice, findingsOf(all)),
    unseen,
  };
}

interface Survey {
  readonly layers: readonly PlacedLayer[];
  readonly namespaces: ReadonlyMap<string, SeenNamespace>;
  readonly choice: Choice;
  readonly unseen: readonly string[];
}

async function survey(scope: LayersScope, deps: InspectDeps, signal: AbortSignal): Promise<Survey> {
  const { sight, inspections } = await sightOf(deps, signal);
  const placed = treeOf(sight, inspections);
  const own = sight.namespaces.find(({ isOwn }) => isOwn)?.netns ?? '';
  const choice = choose(placed, { ...scope, own });
  const [unmatched] = choice.unmatched;
  if (unmatched !== undefined) {
    const option = scope.only.includes(unmatched) ? '--only' : '--exclude';
    throw new UsageError(`${option} ${unmatched} matches no layer: mtu-probe inspect --all names them`);
  }
  const view = viewOf(placed, choice, scope, own);
  return {
    layers: view.layers,
    namespaces: new Map(sight.namespaces.map((namespace) => [namespace.netns, namespace])),
    choice,
    unseen: [...sight.unseen, ...view.layers.flatMap((layer) => leftOut(layer, inspections)), ...view.unseen],
  };
}

/** Of what was left out nobody wants to hear. */
function about({ chosen }: Choice, findings: readonly LayerFinding[]): readonly LayerFinding[] {
  return findings.filter(({ netns }) => chosen.has(netns));
}

/** Half of it would be a wrong picture. @throws EnvironmentError when it was interrupted. */
async function sightOf(
  deps: InspectDeps,
  signal: AbortSignal,
): Promise<{ readonly sight: Sight; readonly inspections: ReadonlyMap<string, InspectionAnswer> }> {
  try {
    const sight = await deps.lookAround(signal);
    const inspections = await deps.inspectAll(sight.namespaces, signal);
    signal.throwIfAborted();
    return { sight, inspections };
  } catch (error) {
    if (!signal.aborted) throw error;
    throw new EnvironmentError('it was interrupted while it looked around: nothing was sent');
  }
}

/** What its inspection was not to the end. */
function leftOut({ netns, name }: PlacedLayer, inspections: ReadonlyMap<string, InspectionAnswer>): string[] {
  const answer = inspections.get(netns);
  return answer?.kind === 'inspected' ? (answer.inspection.unseen ?? []).map((sentence) => `${name}: ${sentence}`) : [];
}

function outcomeOf({ netns }: PlacedLayer, swept: ReadonlyMap<string, Swept>, { reasons }: Choice): Report | string {
  const result = swept.get(netns);
  if (result === undefined) return reasons.get(netns) ?? NOTHING_SENT;
  return result.kind === 'measured' ? result.report : result.reason;
}

/** Of what has ended meanwhile there is nothing to know. */
function verdictOf(result: Swept): Verdict[] {
  if (result.kind === 'measured') return [result.report.verdict];
  return result.kind === 'failed' ? ['inconclusive'] : [];
}
