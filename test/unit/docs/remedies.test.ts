import { describe, expect, it } from 'vitest';
import { ENVIRONMENTS } from '../../../src/contract.ts';
import { ENVIRONMENT_RULES } from '../../../src/diagnosis/environment/environments-of.ts';
import type { RemedyRule } from '../../../src/diagnosis/remedies/rule.ts';
import { REMEDIES, REMEDY_KINDS } from '../../../src/diagnosis/remedies/table.ts';
import { document, explained, section } from './documents.ts';

const PAGE = document('docs/remedies.md');
const PLACE = { mtu: 1450, interface: 'eth0' };

/** Everything outside of the snippet may be wrapped as one likes. */
function parts(text: string) {
  const [, before, language, snippet, after] = /^(.*?)\n```(\w+)\n(.*?)\n```\n(.*)$/s.exec(text) ?? [];
  return { before: unwrapped(before), language, snippet, after: unwrapped(after) };
}

function unwrapped(text = ''): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

function expected({ file, format, snippet, recreate, source }: RemedyRule) {
  const language = format === 'env' ? 'sh' : format;
  return { before: `In ${file}:`, language, snippet: snippet(PLACE), after: `${recreate} *Source:* ${source}.` };
}

describe('docs/remedies.md', () => {
  const entries = REMEDY_KINDS.flatMap(({ heading }) => explained(section(PAGE, heading)));

  it('has every environment, and no other', () => {
    expect(entries.map(({ code }) => code)).toEqual([...ENVIRONMENTS]);
    const ofKinds = REMEDY_KINDS.flatMap(({ heading, table }) => Object.keys(table).map((name) => [heading, name]));
    const documented = REMEDY_KINDS.flatMap(({ heading }) =>
      explained(section(PAGE, heading)).map(({ code }) => [heading, code]),
    );
    expect(documented).toEqual(ofKinds);
  });

  it.each(ENVIRONMENTS)('says of %s what the table says', (environment) => {
    const entry = entries.find(({ code }) => code === environment);
    expect(parts(entry?.text ?? '')).toEqual(expected(REMEDIES[environment]));
  });

  it('names the sign of every environment that is found, and of no other', () => {
    const rows = section(PAGE, 'How an environment is found').matchAll(/^\| `(.*?)` \| (.*?) \|$/gm);
    const rules = ENVIRONMENT_RULES.map(({ environment, source }) => [environment, source]);
    expect([...rows].map(([, environment, source]) => [environment, source])).toEqual(rules);
  });
});
