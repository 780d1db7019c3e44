/**
 * Where the MTU steps down on the way out, and what becomes of packets there.
 *
 * One finding per step and per layer that is the nearest inside of it. Those further in suffer by the same step and by the
 * same repair are helped; they have a finding of their own where their numbers are others.
 */

import type { Severity } from '../contract.ts';
import { SEVERITIES } from '../contract.ts';
import type { Layer, LayerFinding } from './contract.ts';
import { detailOf, summaryOf } from './finding-words.ts';
import { layerRemedies } from './layer-remedies.ts';
import { type Sufferer, sufferersOf } from './sufferer.ts';
import type { Step } from './way-out.ts';

/** The gravest first, else in the order of the layers. */
export function findingsOf(layers: readonly Layer[]): readonly LayerFinding[] {
  const sufferers = layers.flatMap((layer) => sufferersOf(layer, layers));
  const byStep = new Map<string, Sufferer[]>();
  for (const sufferer of sufferers) {
    const key = keyOf(sufferer.step);
    byStep.set(key, [...(byStep.get(key) ?? []), sufferer]);
  }
  const parents = new Map(layers.map(({ netns, parent }) => [netns, parent]));
  const found = [...byStep.values()].flatMap((group) => ofStep(group, parents, layers));
  const order = new Map(layers.map(({ netns }, index) => [netns, index]));
  return found.sort(
    (a, b) =>
      SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity) ||
      (order.get(a.netns) ?? 0) - (order.get(b.netns) ?? 0),
  );
}

function keyOf({ inner, outer }: Step): string {
  return JSON.stringify([inner.netns, inner.interface, outer.netns, outer.interface]);
}

/** @param group all that suffer by one step, outermost first. */
function ofStep(
  group: readonly Sufferer[],
  parents: ReadonlyMap<string, string | null>,
  layers: readonly Layer[],
): LayerFinding[] {
  const leaders = new Map<string, Sufferer>();
  const followers = new Map<Sufferer, string[]>();
  for (const sufferer of group) {
    const nearer = nearest(sufferer, leaders, parents);
    if (nearer === null || isOther(sufferer, nearer)) {
      leaders.set(sufferer.layer.netns, sufferer);
      followers.set(sufferer, []);
    } else {
      // Whoever is further in still finds its leader through this one.
      leaders.set(sufferer.layer.netns, nearer);
      followers.get(nearer)?.push(sufferer.layer.name);
    }
  }
  return [...followers].flatMap(([sufferer, further]) => {
    const graveness = gravenessOf(sufferer);
    if (graveness === null) return [];
    const { layer, step, fits } = sufferer;
    return {
      ...graveness,
      netns: layer.netns,
      inner: step.inner,
      outer: step.outer,
      mtu: fits,
      summary: summaryOf(sufferer),
      detail: detailOf(sufferer, further),
      remedies: layerRemedies(layer, step, layers, fits),
    };
  });
}

function nearest(
  { layer }: Sufferer,
  leaders: ReadonlyMap<string, Sufferer>,
  parents: ReadonlyMap<string, string | null>,
): Sufferer | null {
  const passed = new Set<string>();
  for (let at = layer.parent; at !== null && !passed.has(at); at = parents.get(at) ?? null) {
    const leader = leaders.get(at);
    if (leader !== undefined) return leader;
    passed.add(at);
  }
  return null;
}

/** A layer of which nothing is known says nothing else. */
function isOther({ standing, layer }: Sufferer, nearer: Sufferer): boolean {
  if (standing.kind === 'unmeasured') return false;
  return (
    standing.kind !== nearer.standing.kind || standing.size !== nearer.standing.size || isLarger(layer, nearer.layer)
  );
}

function isLarger(layer: Layer, nearer: Layer): boolean {
  return mtuOf(layer) !== mtuOf(nearer);
}

function mtuOf({ interfaces, egress }: Layer): number | null {
  return interfaces.find(({ name }) => name === egress)?.mtu ?? null;
}

/**
 * `latent` is as grave as the same thing in a run: a Packet Too Big may be filtered any day, and is a warning; a clamp holds
 * whatever is filtered, and leaves out only what is not TCP.
 *
 * @returns `null` where larger packets pass as measured: devices of one kernel hand on what was merged (GSO), and such a
 *   step is one on paper.
 */
function gravenessOf({
  standing,
  lostFurtherOut,
}: Sufferer): (Pick<LayerFinding, 'code'> & { severity: Severity }) | null {
  switch (standing.kind) {
    case 'broken':
      return { code: 'nested-mtu-mismatch', severity: lostFurtherOut.length > 0 ? 'warning' : 'critical' };
    case 'undecided':
    case 'unmeasured':
      return { code: 'nested-mtu-mismatch', severity: 'warning' };
    case 'told':
      return { code: 'latent', severity: 'warning' };
    case 'clamped':
      return { code: 'latent', severity: 'info' };
    case 'passes':
      return null;
  }
}
