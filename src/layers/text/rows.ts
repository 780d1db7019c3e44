/** Which layers a table shows, when not all of them: of those that are alike side by side only the first. */

import type { Layer } from '../contract.ts';
import { shapesOf } from './shape.ts';

/** As many that are alike are shown, since their names are worth more than the space. */
const MOST_ALIKE = 3;

export interface Row {
  readonly layer: Layer;
  /** How far it is indented. */
  readonly level: number;
  /** Others like it, with all that is in them; they have no row. */
  readonly alike: readonly Layer[];
}

/** In the order of the layers. */
export function rowsOf(layers: readonly Layer[]): Row[] {
  const shapes = shapesOf(layers);
  const known = new Set(layers.map(({ netns }) => netns));
  const children = new Map<string | null, Layer[]>();
  for (const layer of layers) {
    const parent = layer.parent !== null && known.has(layer.parent) ? layer.parent : null;
    const siblings = children.get(parent);
    if (siblings === undefined) children.set(parent, [layer]);
    else siblings.push(layer);
  }
  const rows: Row[] = [];
  const waiting = grouped(children.get(null) ?? [], 0, shapes).reverse();
  for (let row = waiting.pop(); row !== undefined; row = waiting.pop()) {
    rows.push(row);
    waiting.push(...grouped(children.get(row.layer.netns) ?? [], row.level + 1, shapes).reverse());
  }
  return rows;
}

function grouped(siblings: readonly Layer[], level: number, shapes: ReadonlyMap<string, number>): Row[] {
  const groups = new Map<number | undefined, Layer[]>();
  for (const layer of siblings) {
    const shape = shapes.get(layer.netns);
    const group = groups.get(shape);
    if (group === undefined) groups.set(shape, [layer]);
    else group.push(layer);
  }
  return siblings.flatMap((layer) => {
    const group = groups.get(shapes.get(layer.netns)) ?? [];
    if (group.length <= MOST_ALIKE) return { layer, level, alike: [] };
    return layer === group[0] ? { layer, level, alike: group.slice(1) } : [];
  });
}
