/** What a report comes to for a script. */

import type { RunOptions } from '../config/options.ts';
import type { Report } from '../contract.ts';
import { gradeOf } from '../grade.ts';

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
export function exitCode(report: Report, held: Pick<RunOptions, 'failOn' | 'expectMtu'>): 0 | 1 | 3 {
  const grades = report.paths.map((path) => gradeOf(path, held));
  if (grades.includes('found')) return EXIT_CODES.found;
  return grades.includes('unknown') || hasUnmeasuredTarget(report) ? EXIT_CODES.unknown : EXIT_CODES.clear;
}

/** A name without an address, or without a route to any. One address that was left out beside others is no such case. */
function hasUnmeasuredTarget({ paths, skipped }: Report): boolean {
  const measured = new Set(paths.map(({ target }) => target));
  return paths.length === 0 || skipped.some(({ target }) => !measured.has(target));
}
