import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { EXIT_CODES } from '../../../src/cli/exit-code.ts';
import { createProgram } from '../../../src/cli/program.ts';
import { SILENT } from '../silent-actions.ts';
import { document, firstColumn, section } from './documents.ts';

const README = document('README.md');
const DOCUMENTS = [
  'README.md',
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  'docs/verdicts.md',
  'docs/glossary.md',
  'docs/truth.md',
  'docs/formats.md',
  'docs/notifications.md',
  'docs/alerts.md',
  'deploy/README.md',
  'docs/metrics.md',
  'docs/http-api.md',
  'docs/causes.md',
  'docs/peers.md',
  'docs/protocol.md',
  'docs/remedies.md',
  'docs/configuration.md',
  'docs/service.md',
];

describe('README', () => {
  it('has every option of run, and no other', () => {
    const program = createProgram(SILENT);
    const run = program.commands.find((command) => command.name() === 'run');
    const options = run?.options.map(({ flags }) => flags) ?? [];
    expect(firstColumn(section(README, 'Options of `run`'))).toEqual(options);
  });

  it('has every exit code, and no other', () => {
    expect(firstColumn(section(README, 'Exit codes'))).toEqual(Object.values(EXIT_CODES).map(String));
  });
});

it.each(DOCUMENTS)('%s links to nothing that is not there', (path) => {
  const text = document(path);
  const links = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, link = '']) => link);
  const missing = links.filter((link) => !existsSync(new URL(link, new URL(`../../../${path}`, import.meta.url))));
  expect(missing).toEqual([]);
});
