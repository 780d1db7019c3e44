/** What to do about a path: the number, what probably makes it so, and what to paste where. */

import type { Finding, PathReport, Remedy } from '../contract.ts';
import { mtuSentence, mtuToConfigure } from '../mtu-to-configure.ts';
import { MOST_REMEDIES } from './finding-words.ts';
import { INDENT, WIDTH, wrap } from './wrap.ts';

const LOCAL_LIMIT = 'Nothing, where that route is meant so; "ip route get" with the address shows it.';

/** Whose network it is, and so whose `mtu-probe explain` has the rest. */
export function causeSentence(path: PathReport): string | null {
  const cause = path.findings.map((finding) => finding.cause).find((found) => found !== null) ?? null;
  const mtu = mtuToConfigure(path);
  if (cause === null || mtu === null) return null;
  const others = cause.others.length;
  const rest = others === 0 ? '' : `; "mtu-probe explain ${mtu}" has ${others === 1 ? 'another' : `${others} others`}`;
  return `perhaps ${cause.name}${rest}`;
}

/** What to do in one sentence; `null` where there is nothing to do, or the findings say it. */
export function repairSentence(path: PathReport): string | null {
  const mtu = mtuToConfigure(path);
  switch (path.verdict) {
    case 'clear':
    case 'inconclusive':
      return null;
    case 'clamped':
      return mtu === null
        ? 'nothing for TCP'
        : `nothing for TCP; set the MTU to ${mtu} where QUIC, DNS or tunnels are used`;
    case 'reduced':
    case 'delayed':
    case 'black-hole':
      if (path.findings[0]?.code === 'local-limit') return LOCAL_LIMIT;
      return mtuSentence(path) ?? 'Show this to whoever runs the network: no number to set is certain.';
    case 'unreachable':
      return 'Check the address, the port, the route and the firewall.';
  }
}

/** The snippets that are worth printing, each with its place and what makes it take effect. */
export function remedyLines({ findings }: Pick<PathReport, 'findings'>): string[] {
  const remedies = findings.flatMap((finding: Finding) => finding.remedies);
  return [...firstRemedies(remedies), ...moreRemedies(remedies, '; --environment NAME shows the one you mean')];
}

/** As many as people read, with an empty line before each. */
export function firstRemedies(remedies: readonly Remedy[]): string[] {
  return remedies.slice(0, MOST_REMEDIES).flatMap((remedy) => ['', ...oneRemedy(remedy)]);
}

/** How many are not printed; nothing where all are. */
export function moreRemedies(remedies: readonly Remedy[], hint: string): string[] {
  const left = remedies.length - MOST_REMEDIES;
  return left <= 0 ? [] : ['', `${INDENT}${left} more places in the JSON${hint}`];
}

function oneRemedy({ environment, file, snippet, recreate }: Remedy): string[] {
  return [
    ...wrap(`${environment}, in ${file}:`, INDENT, WIDTH),
    ...snippet.split('\n').map((line) => (line === '' ? '' : `${INDENT}${INDENT}${INDENT}${line}`)),
    ...wrap(`Then: ${recreate}`, INDENT, WIDTH),
  ];
}
