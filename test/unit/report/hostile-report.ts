/** Names that want to be more than names, and a report that has one wherever something comes from outside. */

import fc from 'fast-check';
import type { PathReport, Report } from '../../../src/contract.ts';
import { EXPLAINED, reportOf } from './reports.ts';

export const SPITE = [
  ...['"', "'", '\\', '\n', '\r', '\r\n', '\t', '<', '>', '&', '&amp;', ']]>', '<!--', '<script>', '</testcase>', '}'],
  ...['::', '::error::', '%0A', '%', ',', '|', '\\|', '`', '```', '\n```\n', '~~~', '*', '_', '#', '\n# ', '\n| a |'],
  ...[
    '\u0000',
    '\u001b[31m',
    '\u007f',
    '\u0085',
    '\u2028',
    '\u202e',
    '\ud800',
    '\uffff',
    '😀',
    'é',
    '@org/team',
    '$x$',
  ],
  ...[
    '=',
    '{',
    'a',
    ' ',
    'https://example.org',
    '"https://example.org*',
    '!www.example.org_',
    '![x](y)',
    '[x](y)',
    '\n- x',
    '\nmtu_probe_verdict 1',
    '##[error]',
  ],
];

export const HOSTILE = fc
  .array(fc.oneof(fc.constantFrom(...SPITE), fc.string({ unit: 'binary', maxLength: 4 })), {
    minLength: 1,
    maxLength: 8,
  })
  .map((parts) => `a${parts.join('')}`);

/** The same string wherever one comes from outside. */
export function reportFrom(text: string): Report {
  const path: PathReport = {
    ...EXPLAINED,
    target: text,
    url: text,
    address: text,
    egress: { ...EXPLAINED.egress, interface: text },
    forward: { ...EXPLAINED.forward, packetTooBig: [{ from: text, nextHopMtu: 1450, ttl: 1 }] },
    findings: EXPLAINED.findings.map((finding) => ({
      ...finding,
      summary: text,
      detail: text,
      cause: { name: text, deltaBytes: 50, others: [text] },
      remedies: [{ environment: 'docker', file: text, snippet: text, recreate: text }],
    })),
  };
  return reportOf('black-hole', [path], [{ target: `${text}x`, address: text, reason: text }]);
}
