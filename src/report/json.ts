import type { Report } from '../contract.ts';

/** The report itself, for programs. Two spaces, so that a person can read it and `diff` can compare it. */
export function formatJson(report: Report): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}
