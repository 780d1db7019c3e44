/** Which layers are measured: those behind the caller's own, unless it is said otherwise. */

import { idsMatch, matches } from './pattern.ts';
import type { PlacedLayer } from './placed-layer.ts';

export interface Wishes {
  /** Not only those whose default route passes through the caller's own. */
  readonly all: boolean;
  /** Patterns: names, ids of containers, kinds, process ids or numbers of namespaces, with `*` for anything. */
  readonly only: readonly string[];
  readonly exclude: readonly string[];
  /** `netns` of the caller. */
  readonly own: string;
}

export interface Choice {
  readonly chosen: ReadonlySet<string>;
  /** One phrase for each of the others, by `netns`. */
  readonly reasons: ReadonlyMap<string, string>;
  /** Patterns that match nothing: a mistake of whoever typed them. */
  readonly unmatched: readonly string[];
}

/**
 * A layer that `only` names is measured wherever its route leads; what `exclude` names never is.
 */
export function choose(layers: readonly PlacedLayer[], wishes: Wishes): Choice {
  const chosen = new Set<string>();
  const reasons = new Map<string, string>();
  const inside = behind(layers, wishes.own);
  for (const layer of layers) {
    const reason = cannot(layer, wishes.own) ?? refusal(layer, inside, wishes);
    if (reason === null) chosen.add(layer.netns);
    else reasons.set(layer.netns, reason);
  }
  const unmatched = [...new Set([...wishes.only, ...wishes.exclude])].filter(
    (pattern) => !layers.some((layer) => isMeant(layer, pattern)),
  );
  return { chosen, reasons, unmatched };
}

/** From here a target may be in reach without any default route; `run` would find out as well. */
function cannot({ netns, notMeasured, configuration }: PlacedLayer, own: string): string | null {
  return netns === own && configuration !== null ? null : notMeasured;
}

function refusal(layer: PlacedLayer, inside: ReadonlySet<string>, { all, only, exclude }: Wishes): string | null {
  const excluded = exclude.find((pattern) => isMeant(layer, pattern));
  if (excluded !== undefined) return `left out by --exclude ${excluded}`;
  if (only.length > 0) {
    return only.some((pattern) => isMeant(layer, pattern)) ? null : `not among --only ${only.join(', ')}`;
  }
  if (all || inside.has(layer.netns)) return null;
  return layer.depth === null
    ? 'where its default route leads is not known; --all measures it as well'
    : 'its default route does not pass through here; --all measures it as well';
}

/** The caller's own and all whose way out passes through it. Parents come before their children. */
function behind(layers: readonly PlacedLayer[], own: string): ReadonlySet<string> {
  const inside = new Set([own]);
  for (const { netns, parent } of layers) {
    if (parent !== null && inside.has(parent)) inside.add(netns);
  }
  return inside;
}

function isMeant({ name, kind, container, aliases, pid, netns }: PlacedLayer, pattern: string): boolean {
  const words = [name, kind, netns, netns.replace(/\D/g, ''), ...(pid === null ? [] : [String(pid)]), ...aliases];
  const ids = [...(container === null ? [] : [container]), ...aliases];
  return words.some((word) => matches(pattern, word)) || ids.some((id) => idsMatch(pattern, id));
}
