/** The documents as one site: whoever enters anywhere finds everything, and nothing leads nowhere. */

import { execFileSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { document, section } from './documents.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const LIST = ['-c', 'safe.directory=*', 'ls-files', '-co', '--exclude-standard', '*.md'];
const PAGES = execFileSync('git', LIST, { cwd: ROOT, encoding: 'utf8' })
  .split('\n')
  // What the tests hold reports against is nothing to be read.
  .filter((file) => file !== '' && !file.startsWith('test/') && existsSync(`${ROOT}${file}`));
/** In the order of the start page. */
const SITE = [...section(document('docs/README.md'), 'All pages').matchAll(/^\| \[([^\]]+)\]\(([^)]+)\) \|/gm)].map(
  ([, title = '', file = '']) => ({ title, file }),
);

interface Link {
  readonly file: string;
  readonly anchor: string;
}

/** Without code, where brackets are no links. */
function prose(page: string): string {
  return document(page).replace(/^(`{3,}).*?^\1$/gms, '');
}

function linksOf(page: string): Link[] {
  const withoutCode = prose(page).replaceAll(/`[^`\n]*`(?!\])/g, '');
  return [...withoutCode.matchAll(/\]\((?!https?:|<)([^)\s]+)\)/g)].map(([, link = '']) => {
    const [file = '', anchor = ''] = link.split('#');
    return { file: file === '' ? page : posix.normalize(posix.join(posix.dirname(page), file)), anchor };
  });
}

/** As GitHub makes them of headings; of two that are alike the second one gets a number. */
function anchorsOf(page: string): Set<string> {
  const seen = new Map<string, number>();
  const headings = [...prose(page).matchAll(/^#{1,6} (.*)$/gm)].map(([, heading = '']) =>
    heading
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M}_\- ]/gu, '')
      .replaceAll(' ', '-'),
  );
  return new Set(
    headings.map((anchor) => {
      const before = seen.get(anchor) ?? 0;
      seen.set(anchor, before + 1);
      return before === 0 ? anchor : `${anchor}-${before}`;
    }),
  );
}

it('there are pages to look at', () => {
  expect(PAGES).toContain('README.md');
  expect(PAGES).toContain('deploy/README.md');
  expect(PAGES.length).toBeGreaterThan(20);
});

describe.each(PAGES)('%s', (page) => {
  it('links to nothing that is not there', () => {
    const broken = linksOf(page).filter(({ file, anchor }) => {
      if (!existsSync(`${ROOT}${file}`)) return true;
      return anchor !== '' && (!file.endsWith('.md') || !anchorsOf(file).has(anchor));
    });
    expect(broken).toEqual([]);
  });
});

it('every page can be reached from README, and leads back to it', () => {
  const reached = walk('README.md', (page) => linksOf(page).map(({ file }) => file));
  expect(PAGES.filter((page) => !reached.has(page))).toEqual([]);
  const leadingTo = (target: string): string[] =>
    PAGES.filter((page) => linksOf(page).some(({ file }) => file === target));
  const back = walk('README.md', leadingTo);
  expect(PAGES.filter((page) => !back.has(page))).toEqual([]);
});

function walk(from: string, next: (page: string) => readonly string[]): Set<string> {
  const seen = new Set([from]);
  for (const page of seen) {
    for (const other of next(page)) if (PAGES.includes(other)) seen.add(other);
  }
  return seen;
}

describe('docs/', () => {
  it('has every page on its start page, once', () => {
    const pages = PAGES.filter((page) => /^docs\/[^/]+\.md$/.test(page) && page !== 'docs/README.md');
    expect(SITE.map(({ file }) => `docs/${file}`).sort()).toEqual(pages.sort());
  });

  it.each(SITE.map((page, index) => ({ ...page, next: SITE[index + 1] })))(
    '$file leads up, and on',
    ({ file, next }) => {
      const onwards = next === undefined ? '' : ` · next: [${next.title}](${next.file})`;
      expect(document(`docs/${file}`).split('\n')[2]).toBe(`[Documentation](README.md)${onwards}`);
    },
  );

  it('has the files for programs on its start page', () => {
    const links = linksOf('docs/README.md').map(({ file }) => file);
    const files = execFileSync('ls', ['docs'], { cwd: ROOT, encoding: 'utf8' }).trim().split('\n');
    const others = files
      .map((file) => `docs/${file}`)
      .filter((file) => !file.endsWith('.md') && statSync(`${ROOT}${file}`).isFile());
    expect(others.filter((file) => !links.includes(file))).toEqual([]);
  });
});
