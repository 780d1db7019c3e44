import { describe, expect, it } from 'vitest';
import type { Direction, Evidence, PathReport, Report, Verdict } from '../../../src/contract.ts';
import { differences } from '../../../src/lab/differences.ts';
import { atWorstUnknown, expectation, silent, told } from '../../../src/lab/scenarios/expectations.ts';

const expected = expectation('black-hole', told(1450, '172.17.0.1'), silent(1450), {
  findings: ['black-hole-reverse'],
  withinMs: 2000,
});

describe('what differs between a scenario and a run', () => {
  it('is nothing when all is as expected', () => {
    expect(differences(expected, { report: report(), exitCode: 1, wallMs: 900 })).toEqual([]);
  });

  it('is said field by field', () => {
    const forward = direction({ packetTooBig: [{ from: null, nextHopMtu: 1450, ttl: null }] });
    const reverse = direction({ pathMtu: null, exact: false, behaviour: 'unknown', masked: true });
    const path = { verdict: 'inconclusive', forward, reverse, findings: [] } as const;
    expect(differences(expected, { report: report(path), exitCode: 3, wallMs: 2500.4 })).toEqual([
      'exit code: expected 1, got 3',
      'duration: expected at most 2000 ms, got 2500 ms',
      'verdict: expected black-hole, got inconclusive',
      'forward.packetTooBig: expected 172.17.0.1 1450, got unknown 1450',
      'reverse.pathMtu: expected 1450, got unknown',
      'reverse.exact: expected true, got false',
      'reverse.behaviour: expected silent, got unknown',
      'reverse.masked: expected false, got true',
      'findings: expected black-hole-reverse, got none',
    ]);
  });

  it('is nothing where one of several will do, and names them all otherwise', () => {
    const lossy = expectation(['clear', 'inconclusive'], atWorstUnknown(1450), silent(1450));
    const forward = direction({ pathMtu: null, behaviour: 'unknown' });
    const seen = (verdict: Verdict, exitCode: number) =>
      differences(lossy, { report: report({ verdict, forward }), exitCode, wallMs: 1 });
    expect(seen('clear', 0)).toEqual([]);
    expect(seen('inconclusive', 3)).toEqual([]);
    expect(seen('black-hole', 1)).toEqual([
      'exit code: expected 0 or 3, got 1',
      'verdict: expected clear or inconclusive, got black-hole',
    ]);
  });

  it('is a probe that fared otherwise', () => {
    const obeyed = {
      ...expected,
      evidence: [{ method: 'tcp-segment', size: 1500, outcome: 'packet-too-big' }],
    } as const;
    const seen = (...evidence: readonly Evidence[]) =>
      differences(obeyed, { report: report({ evidence }), exitCode: 1, wallMs: 1 });
    const probe = { direction: 'forward', method: 'tcp-segment', size: 1500, sentAtMs: 0 } as const;
    expect(seen({ ...probe, outcome: 'missing' }, { ...probe, outcome: 'packet-too-big' })).toEqual([]);
    expect(seen({ ...probe, outcome: 'missing' }, { ...probe, method: 'icmp-raw', outcome: 'packet-too-big' })).toEqual(
      ['tcp-segment of 1500: expected packet-too-big, got missing'],
    );
    expect(seen()).toEqual(['tcp-segment of 1500: expected packet-too-big, got none']);
  });

  it('is the missing report', () => {
    expect(differences(expected, { report: null, exitCode: 2, wallMs: 50 })).toEqual([
      'exit code: expected 1, got 2',
      'report: expected one, got none',
    ]);
  });

  it('is the missing path', () => {
    const empty = { ...report(), paths: [] };
    expect(differences(expected, { report: empty, exitCode: 1, wallMs: 50 })).toEqual([
      'paths: expected one, got none',
    ]);
  });
});

function direction(fields: Partial<Direction>): Direction {
  return {
    pathMtu: 1450,
    exact: true,
    behaviour: 'signalled',
    masked: false,
    provedBy: [],
    packetTooBig: [],
    hop: null,
    recoveredAfterMs: null,
    ...fields,
  };
}

function report(fields: Partial<PathReport> = {}): Report {
  const path: PathReport = {
    target: 'rubygems.org',
    url: 'https://rubygems.org/',
    address: '198.51.100.70',
    family: 4,
    port: 443,
    transport: 'tcp',
    verdict: 'black-hole',
    rttMs: 1,
    egress: { interface: 'eth0', address: '172.17.0.2', mtu: 1500, cachedPathMtu: null },
    forward: direction({ packetTooBig: [{ from: '172.17.0.1', nextHopMtu: 1450, ttl: null }] }),
    reverse: direction({ behaviour: 'silent' }),
    farEnd: null,
    mss: { advertised: 1460, peer: 1460, clamped: false },
    findings: [
      { code: 'black-hole-reverse', severity: 'critical', summary: '', detail: '', cause: null, remedies: [] },
    ],
    evidence: [],
    cost: { packets: 1, connections: 1, bytes: 1, waves: 1 },
    ...fields,
  };
  return {
    schemaVersion: 1,
    version: '0.0.0',
    startedAt: '2026-01-01T00:00:00.000Z',
    durationMs: 1,
    verdict: path.verdict,
    environments: [],
    paths: [path],
    skipped: [],
  };
}
