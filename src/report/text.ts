/** The report for a person whose job hangs: the verdict first, the number, and what to do next. */

import type { PathReport, Report, Verdict } from '../contract.ts';
import type { Palette } from './palette.ts';
import { pathLine } from './path-line.ts';
import { wrap } from './wrap.ts';

/** Narrow enough for a CI log beside its timestamps. */
const WIDTH = 100;
const INDENT = '  ';
/** Room for the longest label and two spaces. */
const LABEL = 7;

const TITLES: Record<Verdict, string> = {
  clear: 'CLEAR',
  clamped: 'CLAMPED',
  reduced: 'REDUCED',
  delayed: 'DELAYED',
  'black-hole': 'BLACK HOLE',
  inconclusive: 'INCONCLUSIVE',
  unreachable: 'UNREACHABLE',
};

/** About ten lines per path. Ends with a newline. */
export function formatText(report: Report, palette: Palette): string {
  const blocks = report.paths.map((path) => formatPath(path, palette));
  const skipped = report.skipped.map(({ target, address, reason }) =>
    labelled('skip', [address === null ? reason : `${target} (${address}): ${reason}`]),
  );
  if (skipped.length > 0) blocks.push([...(blocks.length === 0 ? [title(report.verdict, 'nothing was measured', palette)] : []), ...skipped].join('\n'));
  return `${blocks.join('\n\n')}\n`;
}

function formatPath(path: PathReport, palette: Palette): string {
  const host = hostOf(path);
  const where = [path.address === host ? '' : path.address, path.port === null ? '' : `port ${path.port}`];
  const place = where.filter((part) => part !== '').join(' ');
  const [main, ...others] = path.findings;
  return [
    title(path.verdict, place === '' ? host : `${host} (${place})`, palette),
    '',
    ...wrap(main?.summary ?? allClear(path), WIDTH - INDENT.length).map((line) => `${INDENT}${line}`),
    '',
    ...directions(path, host),
    labelled('MTU', [number(path)]),
    labelled('next', wrap(nextStep(path), WIDTH - INDENT.length - LABEL)),
    ...others.map(({ summary }) => palette.dim(labelled('also', wrap(summary, WIDTH - INDENT.length - LABEL)))),
    palette.dim(labelled('cost', [cost(path)])),
  ].join('\n');
}

function title(verdict: Verdict, what: string, palette: Palette): string {
  return `${palette.bold(colourOf(verdict, palette)(TITLES[verdict]))}  ${what}`;
}

function colourOf(verdict: Verdict, palette: Palette): (text: string) => string {
  switch (verdict) {
    case 'clear':
    case 'clamped':
      return palette.green;
    case 'delayed':
    case 'black-hole':
      return palette.red;
    case 'reduced':
    case 'inconclusive':
    case 'unreachable':
      return palette.yellow;
  }
}

function directions(path: PathReport, host: string): string[] {
  const there = pathLine(path, 'forward', host);
  const back = pathLine(path, 'reverse', host);
  const width = Math.max(there.picture.length, back.picture.length);
  return [
    labelled('there', [`${there.picture.padEnd(width)}  ${there.remark}`]),
    labelled('back', [`${back.picture.padEnd(width)}  ${back.remark}`]),
  ];
}

function labelled(label: string, lines: readonly string[]): string {
  return lines.map((line, index) => `${INDENT}${(index === 0 ? label : '').padEnd(LABEL)}${line}`).join('\n');
}

function number(path: PathReport): string {
  const mtu = smallestPathMtu(path);
  const own = `${path.egress.interface} has ${path.egress.mtu}`;
  if (mtu === null) return `not known (${own})`;
  const exact = path.forward.pathMtu === mtu ? path.forward.exact : path.reverse.exact;
  return `${exact ? '' : 'at least '}${mtu} (${own})`;
}

function smallestPathMtu({ forward, reverse }: PathReport): number | null {
  const sizes = [forward.pathMtu, reverse.pathMtu].filter((size) => size !== null);
  return sizes.length === 0 ? null : Math.min(...sizes);
}

function allClear(path: PathReport): string {
  return `Packets of ${smallestPathMtu(path)} bytes arrive: what goes wrong here, if anything does, is not a matter of packet size.`;
}

function nextStep(path: PathReport): string {
  const mtu = smallestPathMtu(path);
  switch (path.verdict) {
    case 'clear':
      return 'nothing to change';
    case 'clamped':
      return `nothing to change for TCP; set the MTU to ${mtu} as well if QUIC, DNS or tunnels are used`;
    case 'reduced':
    case 'delayed':
    case 'black-hole':
      if (mtu === null || mtu >= path.egress.mtu) return 'show this report to whoever runs the network';
      return (
        `put ${mtu} where the MTU of this network is configured (Docker: "mtu": ${mtu} in daemon.json, and ` +
        `com.docker.network.driver.mtu for networks of your own), recreate the container, run this again`
      );
    case 'inconclusive':
      return 'see above for what stood in the way; run this again when it is gone';
    case 'unreachable':
      return 'check the address, the port and the firewall; packet size is not the question yet';
  }
}

function cost({ cost: { waves, connections, packets }, forward, reverse, evidence, rttMs }: PathReport): string {
  const methods = [...new Set([...reverse.provedBy, ...forward.provedBy, ...evidence.map(({ method }) => method)])];
  const rtt = rttMs === null ? '' : `, RTT ${rttMs.toFixed(1)} ms`;
  return `${waves} waves, ${connections} connections, ${packets} packets${rtt}; by ${methods.join(', ') || 'nothing'}`;
}

function hostOf({ url, target }: PathReport): string {
  return /^[a-z]+:\/\/(\[[^\]]+\]|[^/:]+)/i.exec(url)?.[1] ?? target;
}
