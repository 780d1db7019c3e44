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
  it('says of the Docker-in-Docker black hole what hangs, who is told, and the number', () => {
    expect(textOf(BLACK_HOLE)).toBe(`\
black-hole  rubygems.org (198.51.100.70, port 443)
  Downloads from rubygems.org hang: its packets larger than 1450 bytes never
  arrive here, and rubygems.org is not told. Set the MTU of eth0 and of the
  network behind it to 1450 (it is 1500).
  forward  you ──1500──▶ 172.17.0.1 ──1450──▶ rubygems.org
           1450 bytes arrive; larger ones are refused by 172.17.0.1, and this
           host is told.
  reverse  you ◀──1450──✗──1500── rubygems.org
           1450 bytes arrive; larger ones vanish, and rubygems.org is not told.
  next     put 1450 where the MTU of this network is configured (Docker: "mtu":
           1450 in daemon.json, and com.docker.network.driver.mtu for networks
           of your own), make the container anew, run this again
  from 172.17.0.2 (eth0, MTU 1500); round trip 12.3 ms; 41 packets, 6
  connections; by icmp-raw, tcp-mss
`);
  });

  it('is short where all is well', () => {
    expect(textOf(CLEAR)).toBe(`\
clear  rubygems.org (198.51.100.70, port 443)
  Large packets get through: if something hangs here, packet size is not the
  reason.
  forward  you ──1500──▶ rubygems.org
           1500 bytes arrive; eth0 takes no larger ones.
  reverse  you ◀──1500── rubygems.org
           1500 bytes arrive; eth0 takes no larger ones.
  from 172.17.0.2 (eth0, MTU 1500); round trip 12.3 ms; 41 packets, 6
  connections; by tcp-segment, icmp-raw, tcp-mss
`);
  });

  it('shows a lower bound as one', () => {
    expect(textOf(CLAMPED)).toBe(`\
clamped  rubygems.org (198.51.100.70, port 443)
  TCP is kept at packets of 1450 bytes, and those arrive.
  forward  you ──1450──▶ rubygems.org
           1450 bytes arrive; the segment size that TCP agreed on (MSS) keeps
           larger ones from being sent.
  reverse  you ◀──≥1450── rubygems.org
           At least 1450 bytes arrive; the segment size that TCP agreed on (MSS)
           keeps larger ones from being sent.
  next     nothing for TCP; set the MTU to 1450 where QUIC, DNS or tunnels are
           used
  from 172.17.0.2 (eth0, MTU 1500); round trip 12.3 ms; 41 packets, 6
  connections; by tcp-segment, tcp-mss
`);
  });

  it('says why nothing larger could be tried', () => {
    expect(textOf(MASKED)).toBe(`\
inconclusive  rubygems.org (198.51.100.70, port 443)
  Whether large packets get through is not known.
  This host remembers 1400 for this address.
  forward  you ──1500──▶ rubygems.org
           1500 bytes arrive; eth0 takes no larger ones.
  reverse  you ◀──≥1400── rubygems.org
           At least 1400 bytes arrive; nothing larger could be tried, because
           this host remembers a path MTU of 1400.
  from 172.17.0.2 (eth0, MTU 1500); round trip 12.3 ms; 41 packets, 6
  connections; by tcp-segment, icmp-raw, tcp-mss
`);
  });

  it('does not speak of sizes where nothing answers', () => {
    expect(textOf(UNREACHABLE)).toBe(`\
unreachable  rubygems.org (198.51.100.70)
  rubygems.org answers nothing at all.
  forward  you ──?──▶ rubygems.org
           No size is proved to arrive.
  reverse  you ◀──?── rubygems.org
           Not measured.
  next     check the address, the port, the route and the firewall
  from 172.17.0.2 (eth0, MTU 1500); 12 packets, 6 connections
`);
  });

  it('says once what two addresses have in common, and each difference', () => {
    const twin: PathReport = { ...BLACK_HOLE, address: '198.51.100.71', rttMs: 14 };
    const noIpv6 = { target: 'rubygems.org', address: '2001:db8::71', reason: 'no route from here (ENETUNREACH)' };
    const report = reportOf(
      'black-hole',
      [BLACK_HOLE, CLEAR_IPV6, twin],
      [noIpv6, { ...noIpv6, address: '2001:db8::72' }],
    );
    expect(formatText(report, PLAIN)).toBe(`\
black-hole  rubygems.org (2 addresses, port 443)
  Downloads from rubygems.org hang: its packets larger than 1450 bytes never
  arrive here, and rubygems.org is not told. Set the MTU of eth0 and of the
  network behind it to 1450 (it is 1500).
  forward  you ──1500──▶ 172.17.0.1 ──1450──▶ rubygems.org
           1450 bytes arrive; larger ones are refused by 172.17.0.1, and this
           host is told.
  reverse  you ◀──1450──✗──1500── rubygems.org
           1450 bytes arrive; larger ones vanish, and rubygems.org is not told.
  next     put 1450 where the MTU of this network is configured (Docker: "mtu":
           1450 in daemon.json, and com.docker.network.driver.mtu for networks
           of your own), make the container anew, run this again
  addresses 198.51.100.70, 198.51.100.71
  from 172.17.0.2 (eth0, MTU 1500); round trip 12.3 to 14.0 ms; 82 packets, 12
  connections; by icmp-raw, tcp-mss

clear  rubygems.org (2001:db8::70, port 443)
  Large packets get through: if something hangs here, packet size is not the
  reason.
  forward  you ──1500──▶ rubygems.org
           1500 bytes arrive; eth0 takes no larger ones.
  reverse  you ◀──1500── rubygems.org
           1500 bytes arrive; eth0 takes no larger ones.
  from 2001:db8:1::2 (eth0, MTU 1500); round trip 12.3 ms; 41 packets, 6
  connections; by tcp-segment, icmp-raw, tcp-mss

skipped  rubygems.org (2001:db8::71, 2001:db8::72): no route from here (ENETUNREACH)

black-hole  3 paths in all: the addresses of rubygems.org do not agree
`);
  });

  it('says what was left out where nothing else is left', () => {
    const skipped = {
      target: 'unknown.invalid',
      address: null,
      reason: 'unknown.invalid cannot be resolved here (ENOTFOUND)',
    };
    expect(formatText(reportOf('inconclusive', [], [skipped]), PLAIN)).toBe(`\
inconclusive  nothing could be measured

skipped  unknown.invalid cannot be resolved here (ENOTFOUND)
`);
  });

  it('gives the remedies of a finding instead of a general step', () => {
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
    expect(text).toContain(`\
  Probable cause: VXLAN over IPv4, which takes 50 bytes; it could also be
  Geneve.
  docker, in /etc/docker/daemon.json:
    {
      "mtu": 1450
    }
  forward  you ──1500──▶`);
    expect(text).not.toContain('next');
  });

  it('does not advise a smaller MTU where that changes nothing', () => {
    const path: PathReport = {
      ...CLEAR,
      verdict: 'black-hole',
      forward: { ...CLEAR.forward, pathMtu: null, behaviour: 'silent' },
      reverse: CLEAR.reverse,
    };
    expect(textOf(path)).toContain('  next     show this to whoever runs the network: no number to set is certain\n');
  });

  it('colours the verdict and dims what it rests on', () => {
    const [first, ...rest] = formatText(reportOf('clear', [CLEAR]), COLOURED)
      .trimEnd()
      .split('\n');
    expect(first).toBe('<b><green>clear</green></b>  <b>rubygems.org</b> (198.51.100.70, port 443)');
    expect(rest.at(-1)).toBe('<dim>  connections; by tcp-segment, icmp-raw, tcp-mss</dim>');
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
  return formatText(reportOf(path.verdict, [path]), PLAIN);
}
