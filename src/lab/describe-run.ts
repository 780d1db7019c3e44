/** One run of a scenario in one line, and what was wrong with it in one line each. */

import type { Direction } from '../contract.ts';
import type { MeasuredRun } from './measure-scenario.ts';

/** For a terminal; ends without a newline. */
export function describeRun(name: string, run: MeasuredRun): string {
  const path = run.report?.paths[0];
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
        ].join(', ');
  const [mark, said] = run.differences.length === 0 ? ['ok  ', []] : ['FAIL', run.stderr.trim().split('\n')];
  return [
    `${mark} ${name} IPv${run.family}: ${measured}, ${Math.round(run.wallMs)} ms in all`,
    ...run.differences.map((difference) => `       ${difference}`),
    ...said.filter((line) => line !== '').map((line) => `       | ${line}`),
  ].join('\n');
}

function direction({ pathMtu, exact, behaviour, masked }: Direction): string {
  return `${exact ? '' : '>='}${pathMtu ?? '?'} ${behaviour}${masked ? ' (masked)' : ''}`;
}
