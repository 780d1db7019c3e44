/** Each snippet is read by the parser of its own format, as far as that needs no other program. */

import { parse as parseToml } from 'smol-toml';
import { parse as parseYaml } from 'yaml';
import type { SnippetFormat } from '../../../../src/diagnosis/remedies/rule.ts';

/** @throws where the snippet is not of its format. */
export const PARSERS: Readonly<Record<SnippetFormat, (snippet: string) => unknown>> = {
  json: (snippet) => JSON.parse(snippet),
  yaml: (snippet) => parseYaml(snippet, { strict: true, uniqueKeys: true }),
  toml: (snippet) => parseToml(snippet),
  ini: parseIni,
  env: parseEnv,
  // test/lab gives these to the programs that read them.
  sh: (snippet) => snippet,
  nft: (snippet) => snippet,
  text: (snippet) => snippet,
};

/** systemd.syntax(7), sysctl.d(5), wg-quick(8): sections, `key = value`, comments; a key may come again. */
function parseIni(snippet: string): Record<string, string[]> {
  const values: Record<string, string[]> = {};
  let section = '';
  for (const line of snippet.split('\n')) {
    const heading = /^\[(\w+)\]$/.exec(line);
    const pair = /^([\w.-]+) ?= ?(\S.*)$/.exec(line);
    if (heading) section = `${heading[1]}.`;
    else if (pair) values[`${section}${pair[1]}`] = [...(values[`${section}${pair[1]}`] ?? []), pair[2] ?? ''];
    else if (!line.startsWith('#')) throw new Error(`no line of an INI file: ${line}`);
  }
  return values;
}

/** docker run(1), --env-file: one assignment a line, and nothing is quoted. */
function parseEnv(snippet: string): Record<string, string> {
  return Object.fromEntries(
    snippet.split('\n').map((line) => {
      const pair = /^([A-Z_]+)=(\S+)$/.exec(line);
      if (pair === null) throw new Error(`no assignment: ${line}`);
      return [pair[1], pair[2]];
    }),
  );
}
