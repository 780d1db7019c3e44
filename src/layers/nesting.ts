/** Parents, depths and the order of layers. Whatever was seen, or claimed, the result is a forest. */

import type { Way } from './ways.ts';

export interface Nested {
  readonly netns: string;
  readonly parent: string | null;
  readonly depth: number | null;
}

/**
 * Outermost first, each before those in it, and these right behind it. What leads nowhere comes last.
 *
 * @param ways of every namespace, in an order that says who comes first: of a circle the first is the outermost.
 * @param isOutermost whether a namespace that leads into no other one counts as known, as that of the machine itself does.
 */
export function nest(ways: ReadonlyMap<string, Way>, isOutermost: (netns: string) => boolean): readonly Nested[] {
  const parents = withoutCircles(ways);
  const children = new Map<string | null, string[]>();
  for (const [netns, parent] of parents) children.set(parent, [...(children.get(parent) ?? []), netns]);
  const roots = (children.get(null) ?? []).map((netns) => ({
    netns,
    parent: null,
    depth: isOutermost(netns) || ways.get(netns)?.kind === 'out' ? 0 : null,
  }));
  const ordered: Nested[] = [];
  const waiting: Nested[] = [
    ...roots.filter(({ depth }) => depth !== null),
    ...roots.filter(({ depth }) => depth === null),
  ].reverse();
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { netns, depth } = next;
    ordered.push(next);
    const inner = (children.get(netns) ?? []).map((child) => ({
      netns: child,
      parent: netns,
      depth: depth === null ? null : depth + 1,
    }));
    waiting.push(...inner.reverse());
  }
  return ordered;
}

/** Who leads into whom; in each circle the first one leads nowhere. */
function withoutCircles(ways: ReadonlyMap<string, Way>): ReadonlyMap<string, string | null> {
  const parents = new Map<string, string | null>();
  for (const [netns, way] of ways) {
    parents.set(netns, way.kind === 'into' && way.netns !== netns && ways.has(way.netns) ? way.netns : null);
  }
  for (const netns of parents.keys()) {
    if (isInCircle(netns, parents)) parents.set(netns, null);
  }
  return parents;
}

function isInCircle(start: string, parents: ReadonlyMap<string, string | null>): boolean {
  const passed = new Set<string>();
  for (let at = parents.get(start) ?? null; at !== null && !passed.has(at); at = parents.get(at) ?? null) {
    if (at === start) return true;
    passed.add(at);
  }
  return false;
}
