import { describe, expect, it } from 'vitest';
import { type PathReport, VERDICTS } from '../../../src/contract.ts';
import type { Palette } from '../../../src/report/palette.ts';
import { PLAIN } from '../../../src/report/palette.ts';
import { formatText } from '../../../src/report/text.ts';
import { BLACK_HOLE, CLAMPED, CLEAR, CLEAR_IPV6, MASKED, reportOf, UNREACHABLE } from './reports.ts';

const COLOURED: Palette = {
  bold: (text) => `<b>${text}</b>`,
  dim: (text) => `<dim>${text}</dim>`,
  red: (text) => `<red>${text}</red>`,
  yellow: (text) => `<yellow>${text}</yellow>`,
  green: (text) => `<green>${text}</green>`,
};

describe('the text of a report', () => {
  it('says of the Docker-in-Docker black hole what hangs, who is told, and the number', async () => {
    await expect(textOf(BLACK_HOLE)).toMatchFileSnapshot('text/black-hole.txt');
  });

  it('is short where all is well', async () => {
    await expect(textOf(CLEAR)).toMatchFileSnapshot('text/clear.txt');
  });

  it('shows a lower bound as one', async () => {
    await expect(textOf(CLAMPED)).toMatchFileSnapshot('text/clamped.txt');
  });

  it('says why nothing larger could be tried', async () => {
    await expect(textOf(MASKED)).toMatchFileSnapshot('text/masked.txt');
  });

  it('does not speak of sizes where nothing answers', async () => {
    await expect(textOf(UNREACHABLE)).toMatchFileSnapshot('text/unreachable.txt');
  });

  it('says once what two addresses have in common, and each difference', async () => {
    const twin: PathReport = { ...BLACK_HOLE, address: '198.51.100.71', rttMs: 14 };
    const noIpv6 = { target: 'rubygems.org', address: '2001:db8::71', reason: 'no route from here (ENETUNREACH)' };
    const report = reportOf(
      'black-hole',
      [BLACK_HOLE, CLEAR_IPV6, twin],
      [noIpv6, { ...noIpv6, address: '2001:db8::72' }],
    );
    await expect(formatText(report, { palette: PLAIN, evidence: false, expectMtu: null })).toMatchFileSnapshot(
      'text/addresses.txt',
    );
  });

  it('says what was left out where nothing else is left', async () => {
    const skipped = {
      target: 'unknown.invalid',
      address: null,
      reason: 'unknown.invalid cannot be resolved here (ENOTFOUND)',
    };
    await expect(
      formatText(reportOf('inconclusive', [], [skipped]), { palette: PLAIN, evidence: false, expectMtu: null }),
    ).toMatchFileSnapshot('text/skipped.txt');
  });

  it('gives the cause and the remedies of a finding', async () => {
    const [hole] = BLACK_HOLE.findings;
    if (hole === undefined) throw new Error('the fixture has a finding');
    const cause = { name: 'VXLAN over IPv4', deltaBytes: 50, others: ['Geneve'] };
    const remedies = [
      {
        environment: 'docker',
        file: '/etc/docker/daemon.json',
        snippet: '{\n  "mtu": 1450\n}',
        recreate: 'restart Docker',
      },
    ] as const;
    const text = textOf({ ...BLACK_HOLE, findings: [{ ...hole, cause, remedies }] });
    await expect(text).toMatchFileSnapshot('text/remedies.txt');
  });

  it('does not advise a smaller MTU where that changes nothing', () => {
    const path: PathReport = {
      ...CLEAR,
      verdict: 'black-hole',
      forward: { ...CLEAR.forward, pathMtu: null, behaviour: 'silent' },
      reverse: CLEAR.reverse,
    };
    expect(textOf(path)).toContain('  fix      Show this to whoever runs the network: no number to set is certain.\n');
  });

  it('colours the verdict and dims what it rests on', () => {
    const [first, ...rest] = formatText(reportOf('clear', [CLEAR]), {
      palette: COLOURED,
      evidence: false,
      expectMtu: null,
    })
      .trimEnd()
      .split('\n');
    expect(first).toBe('<b><green>clear</green></b>  <b>rubygems.org</b> (198.51.100.70, port 443)');
    expect(rest.at(-1)).toMatch(/^<dim> {11}.*connections<\/dim>$/);
  });

  it.each(VERDICTS)('of a path that is %s begins with the verdict and says something in plain words', (verdict) => {
    const [first, second] = textOf({ ...CLEAR, verdict }).split('\n');
    expect(first).toBe(`${verdict}  rubygems.org (198.51.100.70, port 443)`);
    expect(second).toMatch(/^ {2}[A-Z]/);
  });

  it('keeps to 80 columns', () => {
    const lines = [BLACK_HOLE, CLEAR, CLAMPED, MASKED, UNREACHABLE].flatMap((path) => textOf(path).split('\n'));
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
  });
});

function textOf(path: PathReport): string {
  return formatText(reportOf(path.verdict, [path]), { palette: PLAIN, evidence: false, expectMtu: null });
}

it('says of each direction that it carries less than was asked for, and nothing is said to be well', () => {
  const text = formatText(reportOf('clear', [CLEAR]), { palette: PLAIN, evidence: false, expectMtu: 1600 });
  expect(text.match(/That is less than\s+--expect-mtu 1600\./g)).toHaveLength(2);
  expect(text).not.toContain('packet size is not the');
  const enough = formatText(reportOf('clear', [CLEAR]), { palette: PLAIN, evidence: false, expectMtu: 1500 });
  expect(enough).not.toContain('--expect-mtu');
  expect(enough).toContain('packet size is not the');
});
