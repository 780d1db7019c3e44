/** Program: the lab on the command line. */

import { parseArgs } from 'node:util';
import type { Family } from '../contract.ts';
import { MtuProbeError, UsageError } from '../errors.ts';
import { program } from '../shipped.ts';
import type { InsideRequest } from './inside.ts';
import { launch } from './launch.ts';
import { runAll } from './run-all.ts';
import { SCENARIOS, scenarioOf } from './scenarios/index.ts';

const USAGE = `usage: lab list
       lab run SCENARIO [--family 4|6] [--repeat N] [--keep-learnt] [--show-report] [--unprivileged] [-- ARGS]
       lab all [--jobs N] [--family 4|6] [--unprivileged]
       lab enter SCENARIO [--host HOST] [--unprivileged] -- COMMAND
       SCENARIO is one that list names, or random-SEED

  run      measures from the client of the scenario; ARGS go to mtu-probe run. Exit code 1: not as expected
  all      every scenario, N at once
  enter    runs the command in one of its hosts, the client unless another is named

  --keep-learnt   what a run taught the hosts stays for the next one
  --show-report   prints every report as JSON
  --unprivileged  as nobody, in a user namespace`;

const JOBS = 2;

async function lab(argv: readonly string[]): Promise<number> {
  const { command, scenario, values, rest } = parse(argv);
  switch (command) {
    case 'list':
      for (const { name, title } of SCENARIOS) console.log(`${name.padEnd(20)} ${title}`);
      return 0;
    case 'all':
      return runAll({
        jobs: count('--jobs', values.jobs ?? `${JOBS}`),
        families: families(values.family),
        unprivileged: values.unprivileged,
      });
    case 'run':
      return open(values.unprivileged, {
        kind: 'measure',
        scenario: scenarioOf(scenario).name,
        families: families(values.family),
        repeat: count('--repeat', values.repeat ?? '1'),
        keepLearnt: values['keep-learnt'],
        showReport: values['show-report'],
        args: rest,
      });
    case 'enter':
      if (rest.length === 0) throw new UsageError('enter needs a command after "--"');
      return open(values.unprivileged, {
        kind: 'enter',
        scenario: scenarioOf(scenario).name,
        host: values.host ?? null,
        words: rest,
      });
    default:
      throw new UsageError(USAGE);
  }
}

function parse(argv: readonly string[]) {
  const end = argv.indexOf('--');
  const [args, rest] = end === -1 ? [argv, []] : [argv.slice(0, end), argv.slice(end + 1)];
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        family: { type: 'string' },
        repeat: { type: 'string' },
        jobs: { type: 'string' },
        host: { type: 'string' },
        'keep-learnt': { type: 'boolean', default: false },
        'show-report': { type: 'boolean', default: false },
        unprivileged: { type: 'boolean', default: false },
      },
    });
    const [command = '', scenario = ''] = positionals;
    return { command, scenario, values, rest };
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n${USAGE}`);
  }
}

function families(value: string | undefined): readonly Family[] {
  if (value === undefined) return [4, 6];
  if (value === '4' || value === '6') return [Number(value) as Family];
  throw new UsageError(`--family ${value}: 4 or 6`);
}

function count(option: string, value: string): number {
  if (/^[1-9]\d{0,3}$/.test(value)) return Number(value);
  throw new UsageError(`${option} ${value}: a number from 1 to 9999`);
}

function open(unprivileged: boolean, request: InsideRequest): Promise<number> {
  return launch(program('lab/inside', JSON.stringify(request)), { unprivileged });
}

try {
  process.exitCode = await lab(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof MtuProbeError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
