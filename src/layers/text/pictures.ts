/** Which ways out are worth a picture: of innermost layers, and of those with a step or a bad verdict first of all. */

import { INDENT } from '../../report/wrap.ts';
import { graveness } from '../../verdict-order.ts';
import type { Layer, LayersReport } from '../contract.ts';
import { stepsOf, wayOut } from '../way-out.ts';
import { pictureLines } from './picture.ts';
import { shapeOf } from './shape.ts';

const MOST_PICTURES = 4;

interface Group {
  readonly first: Layer;
  readonly count: number;
  /** How many places its way out has. */
  readonly length: number;
  /** Larger is worth more. */
  readonly worth: number;
}

/** Each is one block. Where nothing is wrong there is one, of the deepest layer. */
export function pictureBlocks({ layers, targets, verdict }: LayersReport): string[][] {
  const groups = groupsOf(layers);
  const bad = groups.filter(({ worth }) => worth > 0);
  const shown = bad.length > 0 ? bad.slice(0, MOST_PICTURES) : groups.slice(0, 1);
  const left = bad.length - MOST_PICTURES;
  return [
    ...shown.map(({ first, count }) => [
      ...pictureLines(first, layers, verdict === null ? [] : targets),
      ...(count > 1 ? [`${INDENT}and ${count - 1} more like it`] : []),
    ]),
    ...(left > 0 ? [[`${INDENT}${left} more ways out with a step or a bad verdict are in the table`]] : []),
  ];
}

function groupsOf(layers: readonly Layer[]): Group[] {
  const parents = new Set(layers.map(({ parent }) => parent));
  const groups = new Map<string, Group>();
  for (const layer of layers) {
    const places = wayOut(layer, layers);
    const steps = stepsOf(places).length;
    const isBad = layer.report !== null && graveness(layer.report.verdict) >= graveness('reduced');
    const worth = (isBad && layer.report !== null ? 100 * graveness(layer.report.verdict) : 0) + 10 * steps;
    // Of a layer with others in it they are the picture, unless it is bad by itself.
    if (places.length === 0 || (parents.has(layer.netns) && worth === 0)) continue;
    const key = shapeOf(layer, layers);
    const group = groups.get(key);
    groups.set(key, { first: group?.first ?? layer, count: (group?.count ?? 0) + 1, length: places.length, worth });
  }
  return [...groups.values()].sort((a, b) => b.worth - a.worth || b.length - a.length);
}
