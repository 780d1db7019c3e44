import { describe, expect, it } from 'vitest';
import { FORMATS } from '../../../src/config/options.ts';
import { parseRunOptions } from '../../../src/config/parse.ts';
import { UsageError } from '../../../src/errors.ts';

describe('parseRunOptions', () => {
  it('knows what to do when nothing but a target is given', () => {
    expect(parse()).toEqual({
      run: {
        targets: ['rubygems.org'],
        holds: {},
        resolve: {
          families: [4, 6],
          familyAsked: false,
          firstAddress: false,
          port: null,
          serverName: null,
          path: null,
          interface: null,
          source: null,
        },
        measure: {
          method: 'auto',
          directions: ['forward', 'reverse'],
          minMtu: null,
          maxMtu: null,
          advertiseMtu: null,
          gentle: false,
          timeoutMs: 20_000,
          waitRecoveryMs: 0,
        },
        flushCache: false,
        expectMtu: null,
        failOn: 'delayed',
        environment: null,
      },
      output: { format: 'text', output: null, reports: [], evidence: false, logLevel: 'warn', quiet: false },
      secretFile: null,
      inside: null,
    });
  });

  it.each([
    ['far.example.org', 'mtu://far.example.org:4821'],
    ['far.example.org:99', 'mtu://far.example.org:99'],
    ['10.0.0.1', 'mtu://10.0.0.1:4821'],
    ['fd00::1', 'mtu://[fd00::1]:4821'],
    ['[fd00::1]:99', 'mtu://[fd00::1]:99'],
  ])('takes the responder %s for one more target', (responder, target) => {
    expect(parseRunOptions({ target: ['a.example'], responder }).run.targets).toEqual(['a.example', target]);
  });

  it.each(['', 'a b', 'https://a', 'a/b', '[fd00::1', ':99'])('refuses the responder %o', (responder) => {
    expect(() => parseRunOptions({ target: ['a.example'], responder })).toThrow(/--responder .* is no place/);
  });

  it('asks both directions of a responder over UDP', () => {
    const both = ['forward', 'reverse'];
    expect(parseRunOptions({ target: ['mtu://a'], method: 'udp' }).run.measure.directions).toEqual(both);
    expect(parseRunOptions({ target: ['a'], method: 'udp' }).run.measure.directions).toEqual(['forward']);
  });

  it('reads every option', () => {
    const { run, output } = parse({
      target: ['rubygems.org', ' https://example.org/a ', 'rubygems.org'],
      ipv6: true,
      firstAddress: true,
      minMtu: '68',
      maxMtu: '65535',
      advertiseMtu: '1500',
      flushCache: true,
      interface: 'eth0',
      source: '172.17.0.2',
      method: 'tcp',
      direction: 'reverse',
      port: '8443',
      sni: 'index.rubygems.org',
      path: '/gems/rails?v=1',
      timeout: '2.5',
      waitRecovery: '15',
      gentle: true,
      expectMtu: '1450',
      failOn: 'reduced',
      environment: 'docker',
      evidence: true,
      format: 'json',
      output: 'report.json',
      report: ['junit=report.xml', 'prometheus=a=b.prom'],
      logLevel: 'debug',
      quiet: true,
    });
    expect(run).toEqual({
      targets: ['rubygems.org', 'https://example.org/a'],
      holds: {},
      resolve: {
        families: [6],
        familyAsked: true,
        firstAddress: true,
        port: 8443,
        serverName: 'index.rubygems.org',
        path: '/gems/rails?v=1',
        interface: 'eth0',
        source: '172.17.0.2',
      },
      measure: {
        method: 'tcp',
        directions: ['reverse'],
        minMtu: 68,
        maxMtu: 65535,
        advertiseMtu: 1500,
        gentle: true,
        timeoutMs: 2500,
        waitRecoveryMs: 15_000,
      },
      flushCache: true,
      expectMtu: 1450,
      failOn: 'reduced',
      environment: 'docker',
    });
    expect(output).toEqual({
      format: 'json',
      output: 'report.json',
      reports: [
        { format: 'junit', file: 'report.xml' },
        { format: 'prometheus', file: 'a=b.prom' },
      ],
      evidence: true,
      logLevel: 'debug',
      quiet: true,
    });
  });

  it.each([
    [{ ipv4: true }, [4]],
    [{ ipv6: true }, [6]],
    [{ ipv4: true, ipv6: true }, [4, 6]],
  ])('measures with %o the families %o, and insists on them', (values, families) => {
    expect(parse(values).run.resolve).toMatchObject({ families, familyAsked: true });
  });

  it('measures forward only by echo', () => {
    expect(parse({ method: 'icmp' }).run.measure.directions).toEqual(['forward']);
    expect(parse({ method: 'udp' }).run.measure.directions).toEqual(['forward']);
  });

  it.each(['rubygems.org', 'a', '_dns.example', 'xn--bcher-kva.example'])('takes %s as a server name', (sni) => {
    expect(parse({ sni }).run.resolve.serverName).toBe(sni);
  });

  it.each([
    [{ target: [] }, 'nothing to measure: name a target, as in --target rubygems.org'],
    [{ target: [' '] }, '--target is empty: give a name, an address or a URL'],
    [{ target: ['-4'] }, '--target -4 looks like an option: give a name, an address or a URL after --target'],
    [{ port: '0' }, '--port 0 cannot be used: give a whole number from 1 to 65535'],
    [{ port: '65536' }, '--port 65536 cannot be used: give a whole number from 1 to 65535'],
    [{ port: 'https' }, '--port https cannot be used: give a whole number from 1 to 65535'],
    [{ port: '0x50' }, '--port 0x50 cannot be used: give a whole number from 1 to 65535'],
    [{ port: '' }, '--port  cannot be used: give a whole number from 1 to 65535'],
    [{ minMtu: '67' }, '--min-mtu 67 cannot be used: give a whole number from 68 to 65535'],
    [{ maxMtu: '65536' }, '--max-mtu 65536 cannot be used: give a whole number from 68 to 65535'],
    [{ expectMtu: '1e3' }, '--expect-mtu 1e3 cannot be used: give a whole number from 68 to 65535'],
    [{ minMtu: '1500', maxMtu: '1400' }, '--min-mtu 1500 is above --max-mtu 1400: swap them, or leave one out'],
    [
      { method: 'icmp', advertiseMtu: '1500' },
      '--method icmp asks the target for nothing large: leave out --advertise-mtu, or use --method auto',
    ],
    [
      { expectMtu: '1500', maxMtu: '1400' },
      '--expect-mtu 1500 is above --max-mtu 1400: nothing that large would be tried',
    ],
    [{ timeout: '0' }, '--timeout 0 cannot be used: give seconds from 0.1 to 3600'],
    [{ timeout: '20s' }, '--timeout 20s cannot be used: give seconds from 0.1 to 3600'],
    [{ waitRecovery: '-1' }, '--wait-recovery -1 cannot be used: give seconds from 0 to 3600'],
    [{ method: 'sctp' }, '--method sctp cannot be used: choose one of auto, tcp, icmp, udp'],
    [{ direction: 'up' }, '--direction up cannot be used: choose one of both, forward, reverse'],
    [
      { method: 'udp', maxMtu: '1247' },
      '--max-mtu 1247 is below what a QUIC server must answer: give at least 1248 with --method udp',
    ],
    [
      { method: 'icmp', direction: 'both' },
      '--method icmp cannot see --direction both: its answers prove forward only, use --method auto',
    ],
    [
      { failOn: 'inconclusive' },
      '--fail-on inconclusive cannot be used: choose one of clear, clamped, reduced, delayed, black-hole',
    ],
    [{ format: 'xml' }, `--format xml cannot be used: choose one of ${FORMATS.join(', ')}`],
    [
      { report: ['xml=report.xml'] },
      `--report xml=report.xml cannot be used: begin it with one of ${FORMATS.join(', ')} and =, as in junit=report.xml`,
    ],
    [{ report: ['junit'] }, '--report junit cannot be used: name a file after =, as in junit=report.xml'],
    [{ report: ['junit='] }, '--report junit= cannot be used: name a file after =, as in junit=report.xml'],
    [{ logLevel: 'loud' }, '--log-level loud cannot be used: choose one of trace, debug, info, warn, error, silent'],
    [{ interface: '' }, '--interface is empty: give it a value, or leave it out'],
    [{ output: '' }, '--output is empty: give it a value, or leave it out'],
    [
      { sni: '192.0.2.1' },
      '--sni 192.0.2.1 cannot be used: give a host name in ASCII, as in rubygems.org; an address is not sent as server name',
    ],
    [
      { sni: 'a..b' },
      '--sni a..b cannot be used: give a host name in ASCII, as in rubygems.org; an address is not sent as server name',
    ],
    [
      { path: 'gems' },
      '--path gems cannot be used: begin it with / and percent-encode spaces and everything beyond ASCII',
    ],
    [
      { path: '/a b' },
      '--path /a b cannot be used: begin it with / and percent-encode spaces and everything beyond ASCII',
    ],
    [{ colour: true }, 'unknown option "colour": see mtu-probe run --help'],
  ])('refuses %o', (values, message) => {
    expect(() => parse(values)).toThrow(new UsageError(message));
  });
});

function parse(values: Readonly<Record<string, unknown>> = {}) {
  return parseRunOptions({ target: ['rubygems.org'], ...values });
}
