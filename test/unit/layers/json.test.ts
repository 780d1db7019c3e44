import { expect, it } from 'vitest';
import { requireValid } from '../../report-schema.ts';
import { ARTICLE_REPORTS, layersOf, layersReport } from './measured.ts';
import { article, articleNode, corner, process, scene } from './scenes.ts';

const throughJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

it('a report of layers is as its schema says, measured or not', () => {
  requireValid(throughJson(layersReport(layersOf(article(), ARTICLE_REPORTS))), 'layers');
  const vanished = scene(articleNode(), corner(5, { oldest: process(5) }, null));
  requireValid(throughJson(layersReport(layersOf(vanished), { verdict: null, targets: [] })), 'layers');
});

it('what else a layer may be called is not reported', () => {
  const [layer] = layersOf(article());
  expect(layer).not.toHaveProperty('aliases');
  const wrong = { ...layersReport([]), layers: [{ ...layer, aliases: [] }] };
  expect(() => requireValid(throughJson(wrong), 'layers')).toThrow('docs/layers.schema.json');
});
