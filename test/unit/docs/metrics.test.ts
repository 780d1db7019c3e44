import { describe, expect, it } from 'vitest';
import { exposition } from '../../../src/service/metrics/exposition.ts';
import { probeSuccess } from '../../../src/service/metrics/probe-success.ts';
import { MadeUpService } from '../../service/made-up-service.ts';
import { scraped } from '../service/metrics/scrape.ts';
import { document } from './documents.ts';

const TEXT = document('docs/metrics.md');

describe('docs/metrics.md', () => {
  it('has every metric of a scrape with its type and labels, and no other', async () => {
    const { types, series } = scraped(await exposition(new MadeUpService()));
    const labelsOf = (name: string): string => {
      const labels = new Set(
        series.filter((entry) => entry.name === name).flatMap((entry) => Object.keys(entry.labels)),
      );
      // The rest of its labels is configured.
      return name === 'mtu_probe_target_info' ? 'target' : [...labels].join();
    };
    const written = [...types].map(([name, type]) => [name, type, labelsOf(name)]);
    const rows = [...TEXT.matchAll(/^\| `(\w+)` \| (\w+) \|([^|]*)\|/gm)];
    const documented = rows.map(([, name, type, labels = '']) => [name, type, labels.replace(/[`\s]/g, '')]);
    expect(documented).toEqual(written);
  });

  it('names the one that only a probe has', () => {
    const [name = ''] = scraped(probeSuccess(null, null)).types.keys();
    expect(TEXT).toContain(`\`${name}\``);
  });
});
