import { describe, expect, it } from 'vitest';
import { formatLayers } from '../../../src/layers/text/format-layers.ts';
import { ARTICLE_REPORTS, layersOf, layersReport } from '../layers/measured.ts';
import { article } from '../layers/scenes.ts';
import { DEFAULT_CONTEXT } from '../report/scenarios.ts';
import { document, explained, section } from './documents.ts';

const TEXT = document('docs/layers.md');

describe('docs/layers.md', () => {
  it('shows a picture as it is printed', () => {
    const { sight, inspections } = article();
    const named = {
      sight: {
        ...sight,
        namespaces: sight.namespaces.map((one) => ({
          ...one,
          containers: one.containers.map((container) => ({
            ...container,
            pod: container.pod === null ? null : { namespace: 'drone', name: 'job' },
          })),
        })),
      },
      inspections,
    };
    const printed = formatLayers(layersReport(layersOf(named, ARTICLE_REPORTS)), DEFAULT_CONTEXT);
    const [, shown = ''] = /```\n(.*?)```/s.exec(section(TEXT, 'How to read it')) ?? [];
    expect(printed).toContain(shown);
  });

  it('has a word for everything that becomes of larger packets', () => {
    const words = section(TEXT, 'How to read it');
    for (const word of ['hole', 'told', 'clamped', 'delayed', 'own route', 'at least'])
      expect(words).toContain(`\`${word}\``);
  });
});

it('findings between layers are as grave as is written', () => {
  const entries = explained(section(document('docs/verdicts.md'), 'Findings between layers'));
  expect(entries.map(({ code, text }) => [code, text.match(/\*(?:critical|warning|info)\*/g)])).toEqual([
    ['nested-mtu-mismatch', ['*critical*', '*warning*']],
    ['latent', ['*warning*', '*info*']],
  ]);
});
