/** Names that want to be more than names: every format stays what it is, and has as many parts as with harmless ones. */

import fc from 'fast-check';
import { parse } from 'junit2json';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { describe, expect, it } from 'vitest';
import type { Format } from '../../../src/config/options.ts';
import type { Report } from '../../../src/contract.ts';
import { FORMATTERS } from '../../../src/report/index.ts';
import { oneLine, printable } from '../../../src/report/printable.ts';
import { HOSTILE, reportFrom, SPITE } from './hostile-report.ts';
import { BLACK_HOLE, reportOf } from './reports.ts';
import { DEFAULT_CONTEXT } from './scenarios.ts';

async function formatted(format: Format, report: Report): Promise<string> {
  return (await FORMATTERS[format]())(report, DEFAULT_CONTEXT);
}

function always(check: (text: string) => Promise<void>): Promise<void> {
  return fc.assert(fc.asyncProperty(HOSTILE, check), { examples: SPITE.map((text) => [`a${text}`]) });
}

describe('hostile names', () => {
  it('stay one string in JSON', () =>
    always(async (text) => {
      const report = reportFrom(text);
      expect(JSON.parse(await formatted('json', report))).toEqual(report);
    }));

  it('stay attributes and text in JUnit XML', () =>
    always(async (text) => {
      const xml = await formatted('junit', reportFrom(text));
      // XML 1.0 §2.2; the parser is more lenient.
      expect(xml).not.toMatch(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u);
      const suites = await parse(xml);
      if (suites === null || suites === undefined || !('testsuite' in suites)) throw new Error('no test suites');
      const cases = (suites.testsuite ?? []).map(({ testcase }) => testcase ?? []);
      expect(cases.map(({ length }) => length)).toEqual([2, 1]);
      expect(cases[0]?.[1]).toMatchObject({ classname: oneLine(text), failure: [{ type: 'black-hole' }] });
    }));

  it('stay one annotation each on GitHub', () =>
    always(async (text) => {
      const lines = (await formatted('github', reportFrom(text))).split(/[\r\n\u0085\u2028]/);
      expect(lines).toHaveLength(3);
      expect(lines[2]).toBe('');
      for (const line of lines.slice(0, 2)) {
        const [, message = ''] = /^::(?:error|warning|notice) title=[^:,]*::(.*)$/.exec(line) ?? [];
        const decoded = message.replaceAll('%0A', '\n').replaceAll('%25', '%');
        expect(decoded).toContain(printable(text));
      }
    }));

  it('never reach the variables of GitLab', () =>
    always(async (text) => {
      expect(await formatted('gitlab', reportFrom(text))).toBe(
        await formatted('gitlab', reportOf('black-hole', [BLACK_HOLE], [{ target: 'x', address: 'x', reason: 'x' }])),
      );
    }));

  it('stay labels in metrics', () =>
    always(async (text) => {
      const names = (exposition: string): string[] => exposition.split('\n').map((line) => line.replace(/[{ ].*/, ''));
      const lines = (await formatted('prometheus', reportFrom(text))).trimEnd();
      expect(names(lines)).toEqual(names((await formatted('prometheus', reportFrom('a'))).trimEnd()));
      for (const line of lines.split('\n')) {
        expect(line).toMatch(
          /^# (HELP|TYPE) |^\w+(\{\w+="([^"\\\n]|\\[\\"n])*"(,\w+="([^"\\\n]|\\[\\"n])*")*\})? [\d.]+$/,
        );
      }
      const [, label = ''] = /^mtu_probe_target_measured\{target="(.*)"\} 1$/m.exec(lines) ?? [];
      const decoded = label.replace(/\\(.)/g, (_, character) => (character === 'n' ? '\n' : character));
      expect(decoded).toBe(printable(text));
    }));

  it('stay text, code and cells in Markdown', () =>
    always(async (text) => {
      const shape = (markdown: string): string[] => {
        const tree = fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
        return structure(tree);
      };
      const hostile = shape(await formatted('markdown', reportFrom(text)));
      expect(hostile).toEqual(shape(await formatted('markdown', reportFrom(text.includes('\\') ? 'a\\b' : 'a'))));
    }));
});

interface Node {
  readonly type: string;
  readonly url?: string;
  readonly children?: readonly Node[];
}

/** What a document is made of. A URL in running text is a link to where it says; that is all that a name can become. */
function structure(node: Node): string[] {
  if (node.type === 'text') return [];
  const below = (node.children ?? []).flatMap(structure);
  return node.type === 'link' ? below : [node.type, ...below];
}
