/** One sentence per event, for a log, a chat and a screen reader. Pure. */

import type { Verdict } from '../../contract.ts';
import type { KnownDirection, PathState, Turn } from '../contract.ts';

type Named = Pick<PathState, 'target' | 'address' | 'transport'>;

/** A target that is its own address is not said twice; over UDP it is said. */
export function nameOf({ target, address, transport }: Named): string {
  const place = target.includes(address) ? target : `${target} (${address})`;
  return transport === 'udp' ? `${place} over UDP` : place;
}

export function foundSummary(path: Named, after: Turn): string {
  return `${nameOf(path)}: ${after.verdict}; forward ${mtuOf(after.forward)}, reverse ${mtuOf(after.reverse)}`;
}

/** "rubygems.org (203.0.113.7): was clear, is black-hole; reverse path MTU was 1500, is 1450 since 2026-…". */
export function changedSummary(path: Named, before: Turn, after: Turn): string {
  const parts = [
    ...(before.verdict === after.verdict ? [] : [`was ${before.verdict}, is ${after.verdict}`]),
    ...differenceOf('forward', before.forward, after.forward),
    ...differenceOf('reverse', before.reverse, after.reverse),
  ];
  return `${nameOf(path)}: ${parts.join('; ')} since ${after.at}`;
}

export function maskedSummary(path: Named & { readonly judgement: { readonly verdict: Verdict } | null }): string {
  const stands = path.judgement === null ? 'nothing is known of it yet' : `${path.judgement.verdict} stands`;
  return `${nameOf(path)}: masked by a path MTU that this host remembers; ${stands}`;
}

export function unmaskedSummary(path: Named, since: string): string {
  return `${nameOf(path)}: no longer masked, as it was since ${since}`;
}

function differenceOf(name: string, before: KnownDirection, after: KnownDirection): string[] {
  if (before.pathMtu === after.pathMtu && before.exact === after.exact) return [];
  return [`${name} path MTU was ${mtuOf(before)}, is ${mtuOf(after)}`];
}

function mtuOf({ pathMtu, exact }: KnownDirection): string {
  if (pathMtu === null) return 'unknown';
  return exact ? String(pathMtu) : `at least ${pathMtu}`;
}

/** Most problems begin with the name, and then it is not said twice. */
export function problemSummary(target: string, problem: string): string {
  return problem.startsWith(target) ? problem : `${target}: ${problem}`;
}
