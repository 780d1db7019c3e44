/** Hand-made reports: each is what one well-known path comes to. */

import type { Direction, Evidence, Finding, PathReport, Report, Skipped, Verdict } from '../../../src/contract.ts';

const UNKNOWN: Direction = {
  pathMtu: null,
  exact: false,
  behaviour: 'unknown',
  masked: false,
  provedBy: [],
  packetTooBig: [],
  hop: null,
  recoveredAfterMs: null,
};
const FORWARD_1500: Direction = {
  ...UNKNOWN,
  pathMtu: 1500,
  exact: true,
  behaviour: 'clear',
  provedBy: ['tcp-segment', 'icmp-raw'],
};
const REVERSE_1500: Direction = { ...UNKNOWN, pathMtu: 1500, exact: true, behaviour: 'clear', provedBy: ['tcp-mss'] };

const ADVICE = 'Set the MTU of eth0 and of the network behind it to 1450 (it is 1500).';

/** A path to rubygems.org where all is well. */
export const CLEAR: PathReport = {
  target: 'rubygems.org',
  url: 'https://rubygems.org/',
  address: '198.51.100.70',
  family: 4,
  port: 443,
  transport: 'tcp',
  verdict: 'clear',
  rttMs: 12.34,
  egress: { interface: 'eth0', address: '172.17.0.2', mtu: 1500, cachedPathMtu: null },
  forward: FORWARD_1500,
  reverse: REVERSE_1500,
  farEnd: null,
  mss: { advertised: 1460, peer: 1460, clamped: false },
  findings: [],
  evidence: [sent('forward', 1500), sent('reverse', 1500)],
  cost: { packets: 41, connections: 6, bytes: 12000, waves: 2 },
};

/** Docker-in-Docker: the inner bridge tells this host, nobody tells the server. */
export const BLACK_HOLE: PathReport = {
  ...CLEAR,
  verdict: 'black-hole',
  forward: {
    ...FORWARD_1500,
    pathMtu: 1450,
    behaviour: 'signalled',
    provedBy: ['icmp-raw'],
    packetTooBig: [{ from: '172.17.0.1', nextHopMtu: 1450, ttl: null }],
  },
  reverse: { ...REVERSE_1500, pathMtu: 1450, behaviour: 'silent' },
  findings: [
    finding(
      'black-hole-reverse',
      'critical',
      'Downloads from rubygems.org hang: its packets larger than 1450 bytes never arrive here, and rubygems.org is ' +
        `not told. ${ADVICE}`,
      '1450 bytes arrive, 1451 do not. Which device drops them cannot be known from here.',
    ),
    finding(
      'reduced',
      'warning',
      `Packets of 1500 bytes do not pass to rubygems.org. ${ADVICE}`,
      '172.17.0.1 says 1450.',
    ),
  ],
};

/** The same with its cause and what to change, as in a Drone build. */
export const EXPLAINED: PathReport = {
  ...BLACK_HOLE,
  findings: BLACK_HOLE.findings.map((entry) =>
    entry.code === 'black-hole-reverse'
      ? {
          ...entry,
          cause: {
            name: 'VXLAN over IPv4 (flannel, Calico, Cilium): 1500 - 50',
            deltaBytes: 50,
            others: ['Geneve without options'],
          },
          remedies: [
            {
              environment: 'drone',
              file: '.drone.yml, the step with plugins/docker',
              snippet: 'settings:\n  mtu: 1450',
              recreate: 'the next build has it',
            },
            {
              environment: 'docker',
              file: '/etc/docker/daemon.json',
              snippet: '{\n  "mtu": 1450\n}',
              recreate: 'restart Docker, then make its networks and containers anew',
            },
          ],
        }
      : entry,
  ),
};

/** Larger packets are refused in both directions, and their senders know. */
export const REDUCED: PathReport = {
  ...CLEAR,
  verdict: 'reduced',
  forward: {
    ...FORWARD_1500,
    pathMtu: 1450,
    behaviour: 'signalled',
    packetTooBig: [{ from: '172.17.0.1', nextHopMtu: 1450, ttl: 1 }],
  },
  reverse: { ...REVERSE_1500, pathMtu: 1450, behaviour: 'signalled' },
  findings: [
    finding(
      'reduced',
      'warning',
      `Packets of 1500 bytes do not pass to rubygems.org. ${ADVICE}`,
      '172.17.0.1 says 1450.',
    ),
  ],
};

/** The same behind an MSS clamp. */
export const CLAMPED: PathReport = {
  ...CLEAR,
  verdict: 'clamped',
  forward: { ...FORWARD_1500, pathMtu: 1450, behaviour: 'clamped', provedBy: ['tcp-segment'] },
  reverse: { ...REVERSE_1500, pathMtu: 1450, exact: false, behaviour: 'clamped' },
  mss: { advertised: 1460, peer: 1410, clamped: true },
  findings: [
    finding(
      'clamped',
      'info',
      'TCP is kept at packets of 1450 bytes, and those arrive.',
      'The MSS in the SYN-ACK is 1410.',
    ),
  ],
};

/** An earlier Packet Too Big is still remembered. */
export const MASKED: PathReport = {
  ...CLEAR,
  verdict: 'inconclusive',
  egress: { ...CLEAR.egress, cachedPathMtu: 1400 },
  reverse: { ...REVERSE_1500, pathMtu: 1400, exact: false, behaviour: 'unknown', masked: true },
  findings: [finding('masked', 'warning', 'This host remembers 1400 for this address.', 'The route cache does.')],
};

export const UNREACHABLE: PathReport = {
  ...CLEAR,
  verdict: 'unreachable',
  port: null,
  rttMs: null,
  forward: UNKNOWN,
  reverse: UNKNOWN,
  mss: { advertised: null, peer: null, clamped: false },
  findings: [
    finding('no-reply', 'warning', 'rubygems.org answers nothing at all.', 'Neither a SYN nor an echo was answered.'),
  ],
  evidence: [{ ...sent('forward', 1500), outcome: 'no-answer' }],
  cost: { packets: 12, connections: 6, bytes: 720, waves: 1 },
};

/** The same path over IPv6, where all is well. */
export const CLEAR_IPV6: PathReport = {
  ...CLEAR,
  address: '2001:db8::70',
  family: 6,
  egress: { ...CLEAR.egress, address: '2001:db8:1::2' },
};

export function reportOf(verdict: Verdict, paths: readonly PathReport[], skipped: readonly Skipped[] = []): Report {
  return {
    schemaVersion: 1,
    version: '1.2.3',
    startedAt: '2027-01-01T00:00:00.000Z',
    durationMs: 140,
    verdict,
    environments: [],
    paths,
    skipped,
  };
}

export function finding(
  code: Finding['code'],
  severity: Finding['severity'],
  summary: string,
  detail: string,
): Finding {
  return { code, severity, summary, detail, cause: null, remedies: [] };
}

export function sent(direction: Evidence['direction'], size: number): Evidence {
  return {
    method: direction === 'forward' ? 'tcp-segment' : 'tcp-mss',
    direction,
    size,
    outcome: 'arrived',
    sentAtMs: 1,
    answeredAtMs: 13,
  };
}
