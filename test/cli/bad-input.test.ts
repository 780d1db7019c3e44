import { describe, expect, it } from 'vitest';
import { FORMATS } from '../../src/config/options.ts';
import { mtuProbe } from './command.ts';

interface Row {
  readonly args: readonly string[];
  readonly says: string;
}

/** One line that names the option and the fix, exit code 2, nothing on stdout, nothing sent. */
const ROWS: readonly Row[] = [
  { args: ['run'], says: 'nothing to measure: name a target, as in --target rubygems.org' },
  {
    args: ['run', 'rubygems.org'],
    says: "too many arguments for 'run'. Expected 0 arguments but got 1. Every target needs --target of its own.",
  },
  { args: ['run', '--target'], says: "option '--target <host|url>' argument missing: see mtu-probe run --help" },
  {
    args: ['run', '--target', '--format'],
    says: '--target --format looks like an option: give a name, an address or a URL after --target',
  },
  {
    args: ['run', '--target', '-V'],
    says: '--target -V looks like an option: give a name, an address or a URL after --target',
  },
  { args: ['run', '--target', 'a', '--tiemout', '3'], says: "unknown option '--tiemout' (Did you mean --timeout?)" },
  { args: ['completion'], says: "missing required argument 'shell': see mtu-probe completion --help" },
  { args: ['explain', '--xyzzy'], says: "unknown option '--xyzzy': see mtu-probe explain --help" },
  { args: ['run', '--xyzzy'], says: "unknown option '--xyzzy': see mtu-probe run --help" },
  {
    args: ['run', '--target', 'a', '--port', '70000'],
    says: '--port 70000 cannot be used: give a whole number from 1 to 65535',
  },
  {
    args: ['run', '--target', 'a:70000'],
    says: 'target "a:70000" has port 70000: ports go from 1 to 65535',
  },
  {
    args: ['run', '--target', 'ftp://a/'],
    says: 'target "ftp://a/" has the scheme ftp: only https, http and mtu can be measured, or give host:port',
  },
  {
    args: ['run', '--target', 'a', '--min-mtu', '1500', '--max-mtu', '1400'],
    says: '--min-mtu 1500 is above --max-mtu 1400: swap them, or leave one out',
  },
  {
    args: ['run', '--target', 'a', '--output', '/nonexistent/report.json'],
    says: '--output /nonexistent/report.json cannot be written (ENOENT): name a file in a folder that exists and is yours',
  },
  {
    args: ['run', '--target', 'a', '--report', 'junit=/nonexistent/report.xml'],
    says: '--report junit=/nonexistent/report.xml cannot be written (ENOENT): name a file in a folder that exists and is yours',
  },
  {
    args: ['run', '--target', 'a', '--report', 'xunit=report.xml'],
    says: `--report xunit=report.xml cannot be used: begin it with one of ${FORMATS.join(', ')} and =, as in junit=report.xml`,
  },
  {
    args: ['run', '--target', 'a', '--report', 'junit='],
    says: '--report junit= cannot be used: name a file after =, as in junit=report.xml',
  },
  {
    args: ['run', '--target', 'a', '--output', 'none.json', '--report', 'json=./none.json'],
    says: '--report json=./none.json is the file of --output none.json as well: give each report a file of its own',
  },
  {
    args: ['run', '--target', '127.0.0.1', '--source', 'here'],
    says: '--source here is not an address: give an IPv4 or IPv6 address of this host',
  },
  {
    args: ['run', '--target', '127.0.0.1', '-6'],
    says: 'target 127.0.0.1 is not an IPv6 address: leave out -4 and -6',
  },
  { args: ['frobnicate'], says: "unknown command 'frobnicate': see mtu-probe --help" },
];

describe('bad input', () => {
  it.each(ROWS)('$args', async ({ args, says }) => {
    expect(await mtuProbe(...args)).toEqual({ exitCode: 2, stdout: '', stderr: `mtu-probe: ${says}\n` });
  });

  it('names the interfaces that exist instead of one that does not', async () => {
    const { exitCode, stdout, stderr } = await mtuProbe('run', '--target', '127.0.0.1', '--interface', 'none0');
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(/^mtu-probe: --interface none0 does not exist here: choose one of .*\blo\b.*\n$/);
  });

  it('shows help where no command is named, as a mistake', async () => {
    const { exitCode, stdout, stderr } = await mtuProbe();
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(/^Usage: mtu-probe/);
  });
});
