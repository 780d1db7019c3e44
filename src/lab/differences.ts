/** Compares a report with what a scenario expects. */

import type { Direction, PathReport, Report } from '../contract.ts';
import type { DirectionExpectation, Expectation, PathExpectation } from './scenario.ts';

/** One run of the command, from outside. */
export interface CommandRun {
  /** `null` when it wrote none. */
  readonly report: Report | null;
  readonly exitCode: number;
  readonly wallMs: number;
}

/** One sentence for every field that is not as expected; empty when all are. */
export function differences(expected: Expectation, { report, exitCode, wallMs }: CommandRun): string[] {
  const found: string[] = [];
  const compare = (field: string, want: unknown, got: unknown): void => {
    const allowed = Array.isArray(want) ? want : [want];
    if (want === undefined || allowed.includes(got)) return;
    found.push(`${field}: expected ${allowed.map(words).join(' or ')}, got ${words(got)}`);
  };
  const compareDirection = (name: string, want: DirectionExpectation, got: Direction): void => {
    const isHonest = !got.exact && (got.pathMtu ?? 0) <= (want.orAtLeastUpTo ?? -1);
    compare(`${name}.pathMtu`, isHonest ? undefined : want.pathMtu, got.pathMtu);
    compare(`${name}.exact`, isHonest ? undefined : want.exact, got.exact);
    compare(`${name}.behaviour`, want.behaviour, got.behaviour);
    compare(`${name}.masked`, want.masked, got.masked);
    const hop = got.hop === null ? null : [got.hop.address, got.hop.next.address].map(words).join(' ');
    compare(`${name}.hop`, want.hop?.join(' '), hop);
    const told = got.packetTooBig.map(({ from, nextHopMtu }) => `${words(from)} ${nextHopMtu}`);
    const { from = null, nextHopMtu } = want.packetTooBig ?? {};
    if (want.packetTooBig !== undefined && !told.includes(`${words(from)} ${nextHopMtu}`)) {
      found.push(`${name}.packetTooBig: expected ${words(from)} ${nextHopMtu}, got ${told.join(', ') || 'none'}`);
    }
  };

  const comparePath = (name: string, want: PathExpectation, got: PathReport): void => {
    compare(`${name}verdict`, want.verdict, got.verdict);
    compareDirection(`${name}forward`, want.forward, got.forward);
    compareDirection(`${name}reverse`, want.reverse, got.reverse);
    const codes = got.findings.map(({ code }) => code);
    for (const code of want.findings ?? []) {
      if (!codes.includes(code)) found.push(`${name}findings: expected ${code}, got ${codes.join(', ') || 'none'}`);
    }
  };

  compare('exit code', expected.exitCode, exitCode);
  if (expected.withinMs !== undefined && wallMs > expected.withinMs) {
    found.push(`duration: expected at most ${expected.withinMs} ms, got ${Math.round(wallMs)} ms`);
  }
  const [path, second] = report?.paths ?? [];
  if (path === undefined) {
    found.push(report === null ? 'report: expected one, got none' : 'paths: expected one, got none');
    return found;
  }
  compare('paths', expected.overUdp === undefined ? 1 : 2, report?.paths.length);
  comparePath('', expected, path);
  if (expected.overUdp !== undefined && second !== undefined) comparePath('UDP ', expected.overUdp, second);
  for (const { method, size, outcome } of expected.evidence ?? []) {
    const outcomes = path.evidence
      .filter((got) => got.method === method && got.size === size)
      .map((got) => got.outcome);
    if (!outcomes.includes(outcome)) {
      found.push(`${method} of ${size}: expected ${outcome}, got ${outcomes.join(', ') || 'none'}`);
    }
  }
  return found;
}

function words(value: unknown): string {
  return value === null ? 'unknown' : String(value);
}
