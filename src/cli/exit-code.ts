/** What a report comes to for a script. */

import type { RunOptions } from '../config/options.ts';
import type { PathReport, Report } from '../contract.ts';
import { isAtLeast } from '../verdict-order.ts';

export const EXIT_CODES = {
  /** Nothing found that was to be found. */
  clear: 0,
  /** A path is at or above `--fail-on`, or its exact path MTU is below `--expect-mtu`. */
  found: 1,
  /** The command cannot be carried out as given; nothing was sent. */
  usage: 2,
  /** Something that was asked for could not be decided, or not be measured at all. */
  unknown: 3,
} as const;

/** What is proved to be wrong comes before what is not known, and that before what is well. */
export function exitCode(report: Report, { failOn, expectMtu }: Pick<RunOptions, 'failOn' | 'expectMtu'>): 0 | 1 | 3 {
  const { paths } = report;
  if (paths.some(({ verdict }) => isAtLeast(verdict, failOn))) return EXIT_CODES.found;
  const below = expectMtu === null ? [] : paths.flatMap((path) => directionsBelow(path, expectMtu));
  if (below.some(({ exact }) => exact)) return EXIT_CODES.found;
  const undecided = paths.some(({ verdict }) => verdict === 'inconclusive' || verdict === 'unreachable');
  return undecided || below.length > 0 || hasUnmeasuredTarget(report) ? EXIT_CODES.unknown : EXIT_CODES.clear;
}

function directionsBelow({ forward, reverse }: PathReport, expected: number): PathReport['forward'][] {
  return [forward, reverse].filter(({ pathMtu }) => pathMtu !== null && pathMtu < expected);
}

/** A name without an address, or without a route to any. One address that was left out beside others is no such case. */
function hasUnmeasuredTarget({ paths, skipped }: Report): boolean {
  const measured = new Set(paths.map(({ target }) => target));
  return paths.length === 0 || skipped.some(({ target }) => !measured.has(target));
}
