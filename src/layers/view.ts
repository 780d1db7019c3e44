/** Which layers a report lists: those behind the caller's own, what was asked for by name, and what lies between. */

import type { LayersScope } from '../config/layers.ts';
import type { Choice } from './choose.ts';
import type { PlacedLayer } from './placed-layer.ts';

export interface View {
  readonly layers: readonly PlacedLayer[];
  /** What is not listed, in one sentence. */
  readonly unseen: readonly string[];
}

/**
 * With `all` everything is listed. Else the caller's own is the outermost: depths are counted from there, and what lies
 * further out has no name in the report.
 *
 * @param layers outermost first, each before those that are nested in it. @param own `netns` of the caller.
 */
export function viewOf(layers: readonly PlacedLayer[], { chosen }: Choice, { all }: LayersScope, own: string): View {
  if (all) return { layers, unseen: [] };
  const parents = new Map(layers.map(({ netns, parent }) => [netns, parent]));
  const depths = depthsBehind(layers, own);
  const listed = new Set(depths.keys());
  for (const netns of chosen) {
    // Up to the outermost, or to the caller's own: what is further out than that is nobody's concern here.
    for (let at: string | null = netns; at !== null && !listed.has(at); at = parents.get(at) ?? null) listed.add(at);
  }
  const shown = layers.filter(({ netns }) => listed.has(netns));
  const hidden = layers.length - shown.length;
  return {
    layers: shown.map((layer) => ({
      ...layer,
      parent: layer.parent !== null && listed.has(layer.parent) ? layer.parent : null,
      interfaces: layer.interfaces.map((one) =>
        one.peer === null || listed.has(one.peer.netns) ? one : { ...one, peer: null },
      ),
      depth: depths.get(layer.netns) ?? layer.depth,
    })),
    unseen: hidden === 0 ? [] : [hiddenSentence(hidden)],
  };
}

/** How many layers are between each and the caller's own, for those that leave through it. */
function depthsBehind(layers: readonly PlacedLayer[], own: string): ReadonlyMap<string, number> {
  const depths = new Map([[own, 0]]);
  for (const { netns, parent } of layers) {
    const around = parent === null ? undefined : depths.get(parent);
    if (around !== undefined && netns !== own) depths.set(netns, around + 1);
  }
  return depths;
}

function hiddenSentence(count: number): string {
  const what = count === 1 ? '1 network namespace is' : `${count} network namespaces are`;
  return `${what} left out, since no default route leads from there through here: --all shows what is there.`;
}
