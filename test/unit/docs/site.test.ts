/** What the documents promise to whoever looks for an answer. */

import { describe, expect, it } from 'vitest';
import { EXIT_CODES } from '../../../src/cli/exit-code.ts';
import { createProgram } from '../../../src/cli/program.ts';
import { SERVE_DEFAULTS } from '../../../src/config/defaults.ts';
import { COOKIE_LIFETIME_S } from '../../../src/responder/cookies.ts';
import { SILENT } from '../silent-actions.ts';
import { understood } from '../understood.ts';
import { document, explained, firstColumn, section } from './documents.ts';
import { typedIn } from './shell-lines.ts';

const PAGES = [
  'README.md',
  'docs/README.md',
  'docs/run.md',
  'docs/layers.md',
  'docs/faq.md',
  'docs/formats.md',
  'docs/operating.md',
  'docs/service.md',
  'docs/configuration.md',
  'docs/security.md',
];

describe('what the reader is told to type', () => {
  it.each(PAGES)('in %s is understood', async (page) => {
    for (const words of typedIn(document(page))) {
      // Replaced by whoever types it.
      await understood(words).catch((error: Error) => expect.fail(`${page}: ${words.join(' ')}: ${error.message}`));
    }
  });

  it('is found', () => {
    expect(PAGES.flatMap((page) => typedIn(document(page))).length).toBeGreaterThan(50);
    expect(typedIn('```sh\ndocker run --rm --network container:NAME mtu-probe run --target a    # b\n```')).toEqual([
      ['run', '--target', 'a'],
    ]);
  });
});

/** Of a terminal in which somebody reads. */
const SCREEN = { columns: 120, lines: 50 };

describe('README', () => {
  it.each(['In a container', 'As a sidecar', 'From the node, every container at once', 'In a cluster', 'In a CI job'])(
    '%s fits a screen',
    (heading) => {
      const lines = section(document('README.md'), heading)
        .split('\n')
        .reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / SCREEN.columns)), 0);
      expect(lines).toBeLessThanOrEqual(SCREEN.lines);
    },
  );
});

describe('docs/run.md', () => {
  const TEXT = document('docs/run.md');
  const optionsOf = (name: string): string[] => {
    const command = createProgram(SILENT).commands.find((candidate) => candidate.name() === name);
    return command?.options.map(({ flags }) => flags) ?? [];
  };

  it('has every option of run, and no other', () => {
    expect(firstColumn(section(TEXT, 'Options of `run`'))).toEqual(optionsOf('run'));
  });

  it('has every option of serve, and no other', () => {
    expect(firstColumn(section(TEXT, 'With a responder at the far end'))).toEqual(optionsOf('serve'));
  });

  it('has every exit code, and no other', () => {
    expect(firstColumn(section(TEXT, 'Exit codes'))).toEqual(Object.values(EXIT_CODES).map(String));
  });
});

describe('docs/faq.md', () => {
  /** What people paste into a search engine. */
  const SYMPTOMS = [
    'TLSv1.3 (OUT), TLS handshake, Client hello (1):',
    'SSL_connect: Connection reset by peer',
    '(35) Recv failure: Connection reset by peer',
    '(56) Recv failure',
    'SSL_ERROR_SYSCALL',
    '(28) Operation timed out',
    'with 0 out of',
    '(18) transfer closed with outstanding read data remaining',
    'net/http: TLS handshake timeout',
    'Client.Timeout exceeded while awaiting headers',
    'i/o timeout',
    "error parsing HTTP 408 response body: invalid character '<'",
    'Fetching gem metadata from https://rubygems.org/',
    'Fetching source index from https://rubygems.org/',
    'Net::OpenTimeout',
    'Net::ReadTimeout',
    'Bundler::HTTPError Could not fetch specs',
    'Gem::RemoteFetcher::UnknownHostError: timed out',
    'npm ERR! network timeout',
    'ETIMEDOUT',
    'info There appears to be trouble with your network connection. Retrying...',
    'ReadTimeoutError',
    'Read timed out.',
    '0% [Waiting for headers]',
    '0% [Working]',
    'fetch https://dl-cdn.alpinelinux.org/',
    'Receiving objects: ',
    'Resolving',
    'RPC failed; curl 18',
    'curl 56',
    'early EOF',
    'unexpected disconnect while reading sideband packet',
    'gnutls_handshake() failed: Error in the pull function.',
    'Writing objects',
    'expecting SSH2_MSG_KEX_ECDH_REPLY',
    'SSH2_MSG_KEX_DH_GEX_REPLY',
    'The SSL connection could not be established',
    "still waiting for 'https://cache.nixos.org/nix-cache-info'",
    'failed calling webhook',
    'context deadline exceeded',
    'kubectl logs',
    'unreachable - need to frag (mtu ',
    'IP truncated-ip - 104 bytes missing!',
    'ping: local error: message too long, mtu=',
    'sendmsg: Message too large',
    'Frag needed and DF set (mtu = ',
  ];
  const ENTRIES = explained(document('docs/faq.md'));

  it.each(SYMPTOMS)('has in a heading: %s', (symptom) => {
    const headings = [...document('docs/faq.md').matchAll(/^### (.*)$/gm)].map(([, heading = '']) => heading);
    expect(headings.filter((heading) => heading.includes(symptom))).not.toEqual([]);
  });

  it('says of each what it may mean, and one command to find out', () => {
    const without = ENTRIES.filter(({ text }) => typedIn(text).length !== 1 && !text.includes('as above'));
    expect(without.map(({ code }) => code)).toEqual([]);
    expect(ENTRIES.length).toBeGreaterThan(25);
  });
});

describe('docs/security.md', () => {
  const TEXT = document('docs/security.md').replace(/\s+/g, ' ');

  it('speaks of every command', () => {
    const commands = createProgram(SILENT).commands.map((command) => command.name());
    for (const heading of ['What is sent, and to whom', 'Privileges']) {
      const listed = section(document('docs/security.md'), heading).matchAll(/^\| ((?:`\w+`(?:, )?)+) \|/gm);
      const names = [...listed].flatMap(([, cell = '']) => [...cell.matchAll(/\w+/g)].map(([name]) => name));
      expect(names.sort()).toEqual([...commands].sort());
    }
  });

  it('has the numbers of the code', () => {
    expect(TEXT).toContain(`good for ${COOKIE_LIFETIME_S} seconds`);
    expect(TEXT).toContain(`(${Number(SERVE_DEFAULTS.maxRate) / 1e6} MB, unless told otherwise)`);
    expect(TEXT).toContain(`connections at once (${SERVE_DEFAULTS.maxClients})`);
  });
});
