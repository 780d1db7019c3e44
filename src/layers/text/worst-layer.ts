import { graveness } from '../../verdict-order.ts';
import type { Layer, LayersReport } from '../contract.ts';

/** Of the equally bad ones the one that the gravest finding is about, else the outermost. `null` where nothing was measured. */
export function worstLayer({ layers, findings }: Pick<LayersReport, 'layers' | 'findings'>): Layer | null {
  const found = new Map([...findings].reverse().map(({ netns }, index) => [netns, index]));
  const [worst] = layers
    .filter(({ report }) => report !== null)
    .map((layer) => ({ layer, rank: layer.report === null ? 0 : graveness(layer.report.verdict) }))
    .sort((a, b) => b.rank - a.rank || (found.get(b.layer.netns) ?? -1) - (found.get(a.layer.netns) ?? -1));
  return worst?.layer ?? null;
}
