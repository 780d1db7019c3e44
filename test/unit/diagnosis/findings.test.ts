import { describe, expect, it } from 'vitest';
import { FINDINGS, type FindingCode } from '../../../src/contract.ts';
import { diagnose } from '../../../src/diagnosis/diagnose.ts';
import { FINDING_RULES } from '../../../src/diagnosis/findings/index.ts';
import { type Changes, measurement, NOWHERE, PEER_1400, SILENT_1400, TOLD_1400 } from './measurement.ts';

const HELD = { pathMtu: 1400, ceiling: 1400 } as const;
const CACHED = { interface: 'eth0', address: '172.17.0.2', mtu: 1500, cachedPathMtu: 1400 } as const;
const NO_REPLY = { search: null, exercised: false, largestSeen: null, noReply: true, recoveredAfterMs: null } as const;
const ZERO = {
  method: 'icmp-raw',
  direction: 'forward',
  size: 1500,
  outcome: 'packet-too-big',
  from: '10.0.0.1',
  nextHopMtu: 0,
  sentAtMs: 0,
} as const;

const PIECES = {
  method: 'udp-responder',
  direction: 'forward',
  size: 1500,
  outcome: 'arrived',
  largestFragment: 1400,
  sentAtMs: 0,
} as const;

/** The smallest measurement that brings out each finding. */
const EXAMPLES: Record<FindingCode, Changes> = {
  'black-hole-forward': { tcp: SILENT_1400 },
  'black-hole-reverse': { reverse: SILENT_1400 },
  'delayed-forward': { tcp: SILENT_1400 },
  'delayed-reverse': { reverse: SILENT_1400 },
  reduced: { tcp: TOLD_1400 },
  clamped: { tcp: HELD, echo: null, rest: PEER_1400 },
  'local-limit': { tcp: HELD, echo: null, rest: { routeMtu: 1400 } },
  masked: { reverse: HELD, rest: { egress: CACHED } },
  'not-exercised': { reverse: null, rest: { reverse: { ...NO_REPLY, noReply: false, largestSeen: 900 } } },
  'forward-withheld': { tcp: HELD, echo: null, reverse: SILENT_1400, withheldAbove: 1400 },
  'icmp-filtered': { echo: { answered: false, pathMtu: null, settledBy: null } },
  'icmp-policed': { echo: SILENT_1400 },
  lossy: { rest: { repairs: 2 } },
  'paths-disagree': {
    tcp: {
      ...SILENT_1400,
      members: [
        { pathMtu: 1500, flows: 4 },
        { pathMtu: 1400, flows: 2 },
      ],
    },
  },
  'proxy-configured': { rest: { proxy: '10.0.0.1:3128' } },
  'no-udp-service': {
    tcp: null,
    echo: { method: 'udp-quic', answered: false, pathMtu: null, settledBy: null },
    rest: { portState: 'not-tried', datagramMethod: 'udp-quic' },
  },
  'no-responder': {
    tcp: null,
    echo: null,
    reverse: null,
    rest: { portState: 'not-tried', datagramMethod: 'udp-responder', responder: { said: null } },
  },
  fragmented: { rest: { evidence: [PIECES] } },
  'udp-unanswered': {
    tcp: null,
    echo: { ...SILENT_1400, method: 'udp-quic' },
    witness: {},
    rest: { portState: 'not-tried', datagramMethod: 'udp-quic' },
  },
  'tcp-only': { tcp: SILENT_1400 },
  'ptb-without-mtu': { rest: { evidence: [ZERO] } },
  'peer-may-have-learnt': {
    tcp: HELD,
    echo: SILENT_1400,
    reverse: { pathMtu: 1400, settledBy: 'limited' },
    rest: { mss: { advertised: 1460, peer: 1360, laterPeer: null } },
  },
  'port-closed': { tcp: null, reverse: null, rest: { portState: 'refused' } },
  'no-reply': { reverse: null, rest: { reverse: NO_REPLY } },
  undecided: { reverse: { settledBy: null, pathMtu: 1400 } },
  'timed-out': { rest: { cut: true } },
  local: { rest: { local: true } },
};

function findingsFor(code: FindingCode) {
  const given = measurement(EXAMPLES[code]);
  if (code === 'delayed-forward')
    return diagnose({ ...given, forward: { ...given.forward, recoveredAfterMs: 6500 } }, 'rubygems.org', NOWHERE)
      .findings;
  if (code === 'delayed-reverse')
    return diagnose({ ...given, reverse: { ...given.reverse, recoveredAfterMs: 6500 } }, 'rubygems.org', NOWHERE)
      .findings;
  return diagnose(given, 'rubygems.org', NOWHERE).findings;
}

describe('findings', () => {
  it('has one rule for every code, and no other', () => {
    expect(FINDING_RULES.map(({ code }) => code).sort()).toEqual([...FINDINGS].sort());
  });

  it.each(FINDINGS)('%s is found, and says something', (code) => {
    const finding = findingsFor(code).find((entry) => entry.code === code);
    expect(finding).toBeDefined();
    expect(finding?.summary).toMatch(/^[A-Z].*\.$|^rubygems\.org .*\.$/);
    expect(finding?.summary).not.toMatch(/null|undefined|NaN/);
    expect(finding?.detail).not.toMatch(/null|undefined|NaN/);
  });

  it('finds nothing on a clean path', () => {
    expect(diagnose(measurement(), 'rubygems.org', NOWHERE).findings).toEqual([]);
  });

  it('names the number to configure', () => {
    const [finding] = findingsFor('black-hole-reverse');
    expect(finding?.summary).toBe(
      'Downloads from rubygems.org hang: its packets larger than 1400 bytes never arrive here, and rubygems.org is not ' +
        'told. Set the MTU of eth0 and of the network behind it to 1400 (it is 1500).',
    );
  });

  it('names no number that is only a lower bound', () => {
    const short = { ...NO_REPLY, noReply: false, largestSeen: 900 };
    const { findings } = diagnose(
      measurement({ tcp: SILENT_1400, reverse: null, rest: { reverse: short } }),
      'rubygems.org',
      NOWHERE,
    );
    expect(findings[0]?.summary).toContain('to 1400 (it is 1500)');
  });

  it('blames resets, and not the server, for what was never answered', () => {
    const refused = { method: 'tcp-mss', direction: 'reverse', size: 1500, outcome: 'refused', sentAtMs: 0 } as const;
    const rest = { reverse: NO_REPLY, evidence: [refused, refused] };
    const { verdict, findings } = diagnose(measurement({ reverse: null, rest }), 'rubygems.org', NOWHERE);
    expect(verdict).toBe('inconclusive');
    expect(findings.map(({ code }) => code)).toEqual(['undecided']);
    expect(findings[0]?.summary).toBe(
      'What becomes of large packets from rubygems.org could not be decided: 2 connections were reset while they were ' +
        'measured. Run it once more.',
    );
  });

  it('does not call a reply short that was cut off by a reset', () => {
    const refused = { method: 'tcp-mss', direction: 'reverse', size: 1500, outcome: 'refused', sentAtMs: 0 } as const;
    const rest = { reverse: { ...NO_REPLY, noReply: false }, evidence: [refused] };
    const { reverse, findings } = diagnose(measurement({ reverse: null, rest }), 'rubygems.org', NOWHERE);
    expect(reverse.behaviour).toBe('unknown');
    expect(findings.map(({ code }) => code)).toEqual(['undecided']);
  });

  it('says once why a direction is not known', () => {
    for (const code of ['masked', 'no-reply', 'timed-out', 'port-closed', 'forward-withheld'] as const) {
      expect(findingsFor(code).map((finding) => finding.code)).not.toContain('undecided');
    }
  });

  it('puts the gravest first', () => {
    const { findings } = diagnose(
      measurement({ tcp: TOLD_1400, reverse: SILENT_1400, rest: { repairs: 3 } }),
      'rubygems.org',
      NOWHERE,
    );
    expect(findings.map(({ severity }) => severity)).toEqual(['critical', 'warning', 'info']);
  });
});
