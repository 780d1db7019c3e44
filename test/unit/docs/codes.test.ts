import { describe, expect, it } from 'vitest';
import { BEHAVIOURS, FINDINGS, METHODS, OUTCOMES, SEVERITIES, VERDICTS } from '../../../src/contract.ts';
import { FINDING_RULES } from '../../../src/diagnosis/findings/index.ts';
import { LAYER_FINDINGS, LAYER_KINDS } from '../../../src/layers/contract.ts';
import { document, explained, section } from './documents.ts';

describe('every code is explained, and no other', () => {
  it.each([
    ['docs/verdicts.md', 'Verdicts', VERDICTS],
    ['docs/verdicts.md', 'Behaviours', BEHAVIOURS],
    ['docs/verdicts.md', 'Findings', FINDINGS],
    ['docs/verdicts.md', 'Findings between layers', LAYER_FINDINGS],
    ['docs/layers.md', 'Kinds', LAYER_KINDS],
    ['docs/glossary.md', 'Methods', METHODS],
    ['docs/glossary.md', 'Outcomes', OUTCOMES],
    ['docs/glossary.md', 'Severities', SEVERITIES],
  ])('%s: %s', (path, heading, codes) => {
    const entries = explained(section(document(path), heading));
    expect(entries.map(({ code }) => code)).toEqual([...codes]);
    expect(entries.filter(({ text }) => text === '')).toEqual([]);
  });
});

it('every finding is as grave as its rule says', () => {
  const entries = explained(section(document('docs/verdicts.md'), 'Findings'));
  const documented = entries.map(({ code, text }) => [code, /^\*(\w+)\.\*/.exec(text)?.[1]]);
  const ruled = FINDING_RULES.map(({ code, severity }) => [code, severity]);
  expect(documented.sort()).toEqual(ruled.sort());
});
