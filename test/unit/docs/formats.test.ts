import { describe, expect, it } from 'vitest';
import { FORMATS } from '../../../src/config/options.ts';
import { GITLAB_VARIABLES } from '../../../src/report/gitlab.ts';
import { METRICS } from '../../../src/report/metrics.ts';
import { SCENARIOS } from '../report/scenarios.ts';
import { document, explained, firstColumn, section } from './documents.ts';

const TEXT = document('docs/formats.md');
/** Left out in between. */
const ELLIPSIS = '…';

const EXAMPLES = [...TEXT.matchAll(/<!-- example: (\S+) -->\n(`{3,})\w*\n(.*?)\n\2$/gms)].map(
  ([, file = '', , lines = '']) => ({ file, lines: lines.split('\n') }),
);

describe('docs/formats.md', () => {
  it('has every format, and no other', () => {
    const entries = explained(section(TEXT, 'Formats'));
    expect(entries.map(({ code }) => code)).toEqual([...FORMATS]);
    expect(entries.filter(({ text }) => !text.includes('<!-- example: '))).toEqual([]);
  });

  it('has every metric with its labels, and no other', () => {
    const rows = [...section(TEXT, 'Metrics').matchAll(/^\| `(\w+)` \|([^|]*)\|/gm)];
    const documented = rows.map(([, name, labels = '']) => [name, labels.replace(/[`\s]/g, '')]);
    const [scenario] = SCENARIOS;
    const written = METRICS.map(({ name, samples }) => [
      name,
      Object.keys(scenario === undefined ? {} : (samples(scenario.report)[0]?.labels ?? {})).join(),
    ]);
    expect(documented).toEqual(written);
  });

  it('has every variable, and no other', () => {
    expect(firstColumn(section(TEXT, 'Variables'))).toEqual([...GITLAB_VARIABLES]);
  });

  it('shows an example of every format', () => {
    expect(EXAMPLES).toHaveLength(FORMATS.length);
  });

  it.each(EXAMPLES)('shows lines of $file as they are written', ({ file, lines }) => {
    const written = document(`test/unit/report/formats/${file}`).trimEnd().split('\n');
    let at = 0;
    for (const [index, line] of lines.entries()) {
      if (line === ELLIPSIS) continue;
      const found = written.indexOf(line, at);
      expect(found, line).toBeGreaterThanOrEqual(0);
      // Only an ellipsis leaves something out.
      if (lines[index - 1] !== ELLIPSIS) expect(found, line).toBe(at);
      at = found + 1;
    }
    if (lines.at(-1) !== ELLIPSIS) expect(at).toBe(written.length);
  });
});
