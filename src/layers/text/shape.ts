/** What makes two layers alike for whoever reads: everything but whose they are. Hundreds of pods are one line then. */

import type { Layer } from '../contract.ts';
import { wayOut } from '../way-out.ts';
import { numbersOf } from './numbers.ts';

/** Names that are made up anew for each network or container: all that follows is chance. */
const MADE_UP = /^(br-|veth|cali|lxc|eni|vxlan|tap)[0-9a-f_]+(@.*)?$/;

export function withoutChance(name: string): string {
  return name.replace(MADE_UP, '$1');
}

/** Of a layer alone, with the way that it takes. */
export function shapeOf(layer: Layer, layers: readonly Layer[]): string {
  const kinds = new Map(layers.map(({ netns, kind }) => [netns, kind]));
  const places = wayOut(layer, layers).map((place) => [
    kinds.get(place.netns),
    withoutChance(place.interface),
    place.mtu,
  ]);
  const numbers = numbersOf(layer);
  return JSON.stringify([layer.kind, layer.depth, places, numbers, layer.notMeasured]);
}

/**
 * Of each layer together with all that is in it. The machine's own and the caller's are like no other one.
 *
 * A shape is a number here, given out in turn: as text, which holds the texts of all that is in it, each with its quotes
 * escaped once more, it would double in length with every level.
 */
export function shapesOf(layers: readonly Layer[]): ReadonlyMap<string, number> {
  const shapes = new Map<string, number>();
  const inner = new Map<string, number[]>();
  const numbers = new Map<string, number>();
  // Children come behind their parents.
  for (const layer of [...layers].reverse()) {
    const own = layer.kind === 'node' ? layer.netns : shapeOf(layer, layers);
    const text = JSON.stringify([own, (inner.get(layer.netns) ?? []).sort((one, other) => one - other)]);
    const shape = numbers.get(text) ?? numbers.size;
    numbers.set(text, shape);
    shapes.set(layer.netns, shape);
    if (layer.parent === null) continue;
    const siblings = inner.get(layer.parent);
    if (siblings === undefined) inner.set(layer.parent, [shape]);
    else siblings.push(shape);
  }
  return shapes;
}
