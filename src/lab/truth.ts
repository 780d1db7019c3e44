/** Program: random networks in the lab, each report held against the truth. */

import { parseArgs } from 'node:util';
import type { PathReport, Report } from '../contract.ts';
import { MtuProbeError, UsageError } from '../errors.ts';
import { program } from '../shipped.ts';
import { complete } from './command.ts';
import { randomNetwork } from './random/network.ts';
import { type Score, scoreOf } from './random/score.ts';
import { truthOf } from './random/truth.ts';

const USAGE = `usage: truth [--from SEED] [--count N] [--jobs N]

  measures the networks of N seeds (60) from SEED (1) on, N at once (2), and compares every report with what a walk over
  the links of its network tells. Exit code 1: one is wrong, or fewer than 97 in 100 are exact`;

/** The rest says what it does not know, and why. */
const EXACT_SHARE = 0.97;
/** Longer than `--timeout`, and the time that thirty hosts take to be made. */
const LIMIT_MS = 90_000;
/** Handshakes of the lab's two chains, as OpenSSL counts them (certificates.ts). */
const LAB_FLIGHT_BYTES = { ecdsa: 1304, rsa: 3706 } as const;

async function truth(argv: readonly string[]): Promise<number> {
  const { from, count, jobs } = parse(argv);
  const seeds = Array.from({ length: count }, (_, index) => from + index);
  const scores = new Map<number, Score>();
  const worker = async (): Promise<void> => {
    for (let seed = seeds.shift(); seed !== undefined; seed = seeds.shift()) {
      const score = await measure(seed);
      scores.set(seed, score);
      console.log(
        `${score.grade.padEnd(6)} ${seed}${score.reasons.length === 0 ? '' : `: ${score.reasons.join('; ')}`}`,
      );
    }
  };
  await Promise.all(Array.from({ length: jobs }, worker));
  const graded = (grade: Score['grade']): number =>
    [...scores.values()].filter((score) => score.grade === grade).length;
  const [exact, honest, wrong] = [graded('exact'), graded('honest'), graded('wrong')];
  console.log(`seeds ${from} to ${from + count - 1}: ${exact} exact, ${honest} honest, ${wrong} wrong`);
  return wrong === 0 && exact >= EXACT_SHARE * count ? 0 : 1;
}

async function measure(seed: number): Promise<Score> {
  const network = randomNetwork(seed);
  const words = program('lab/main', 'run', `random-${seed}`, '--show-report');
  const { stdout, stderr } = await complete(words, '', LIMIT_MS);
  const path = pathIn(stdout);
  if (path === null) return { grade: 'wrong', reasons: [`no report: ${stderr.trim() || stdout.trim()}`] };
  return scoreOf(path, truthOf(network, LAB_FLIGHT_BYTES[network.certificate]));
}

/** The report comes behind the line that describes the run. */
function pathIn(stdout: string): PathReport | null {
  const begin = stdout.indexOf('\n{');
  if (begin < 0) return null;
  const report = JSON.parse(stdout.slice(begin)) as Report;
  return report.paths[0] ?? null;
}

function parse(argv: readonly string[]): { readonly from: number; readonly count: number; readonly jobs: number } {
  try {
    const options = { from: { type: 'string' }, count: { type: 'string' }, jobs: { type: 'string' } } as const;
    const { values } = parseArgs({ args: [...argv], options });
    return { from: whole(values.from ?? '1'), count: whole(values.count ?? '60'), jobs: whole(values.jobs ?? '2') };
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
  }
}

function whole(value: string): number {
  if (!/^[1-9]\d{0,8}$/.test(value)) throw new UsageError(`"${value}" is not a number from 1 on`);
  return Number(value);
}

try {
  process.exit(await truth(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof MtuProbeError)) throw error;
  console.error(error.message);
  process.exit(2);
}
