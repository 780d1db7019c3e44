/** One run of a scenario in one line, and what was wrong with it in one line each. */

import type { Direction, PathReport } from '../contract.ts';
import type { MeasuredRun } from './measure-scenario.ts';
import { roundTripsOf } from './round-trips-of.ts';

/** For a terminal; ends without a newline. */
export function describeRun(name: string, run: MeasuredRun): string {
  const [path, second] = run.report?.paths ?? [];
  const measured =
    path === undefined
      ? `no path, exit code ${run.exitCode}`
      : [
          path.verdict,
          `forward ${direction(path.forward)}`,
          `reverse ${direction(path.reverse)}`,
          `${path.cost.waves} waves`,
          `${path.cost.connections} connections`,
          `${path.cost.packets} packets`,
          `${run.report?.durationMs} ms measured`,
          ...(second === undefined ? [] : [overUdp(second)]),
        ].join(', ');
  const [mark, said] = run.differences.length === 0 ? ['ok  ', []] : ['FAIL', run.stderr.trim().split('\n')];
  return [
    `${mark} ${name} IPv${run.family}: ${measured}, ${Math.round(run.wallMs)} ms in all`,
    ...run.differences.map((difference) => `       ${difference}`),
    ...said.filter((line) => line !== '').map((line) => `       | ${line}`),
  ].join('\n');
}

function overUdp(path: PathReport): string {
  const { verdict, forward, reverse } = path;
  const trips = roundTripsOf(path) ?? '?';
  return `UDP ${verdict}, forward ${direction(forward)}, reverse ${direction(reverse)}, in ${trips} round trips`;
}

function direction({ pathMtu, exact, behaviour, masked }: Direction): string {
  return `${exact ? '' : '>='}${pathMtu ?? '?'} ${behaviour}${masked ? ' (masked)' : ''}`;
}
