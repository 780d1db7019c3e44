/** Program: what `demo` shows, inside the namespaces that `launch` made. Takes more arguments for `run`. */

import { spawnSync } from 'node:child_process';
import { MtuProbeError } from '../errors.ts';
import { command } from '../lab/command.ts';
import type { Network } from '../lab/network.ts';
import { openScenario } from '../lab/open-scenario.ts';
import { DOCKER_IN_DOCKER } from '../lab/scenarios/docker-in-docker.ts';
import { ORIGIN } from '../lab/topologies/docker-in-docker.ts';
import { program } from '../shipped.ts';
import { demoPicture } from './demo-picture.ts';

const FOUND = 1; // exit code of `run` for a black hole
const USAGE = 2; // exit code of `run` for options that it cannot use
const CLEAR = 0; // exit code of `run` for a path without one
const POD_MTU = 1450;

/** What `--mtu 1450` of the inner Docker daemon comes to. */
const REPAIR: readonly (readonly [host: string, device: string])[] = [
  [ORIGIN.pod, 'docker0'],
  [ORIGIN.pod, 'veth19bed8a'],
  [ORIGIN.build, 'eth0'],
];

async function demo(args: readonly string[]): Promise<number> {
  const network = await openScenario(DOCKER_IN_DOCKER);
  console.log(demoPicture(1500));
  const before = run(network, args);
  // What was typed for it cannot be used; it has said so.
  if (before === USAGE) return USAGE;

  console.log('\nThe repair: the MTU of the pod inside it as well.\n');
  for (const [host, device] of REPAIR) {
    const words = ['ip', 'link', 'set', device, 'mtu', `${POD_MTU}`];
    console.log(`${host}# ${words.join(' ')}`);
    await command(network.enter(host, words));
  }
  await network.forget();
  console.log(`\n${demoPicture(POD_MTU)}`);
  const after = run(network, args);

  if (before === FOUND && after === CLEAR) return 0;
  console.error(`demo: expected exit codes ${FOUND} and ${CLEAR}, got ${before} and ${after}`);
  return 1;
}

/** Shows the command and what it says, and returns its exit code. */
function run(network: Network, args: readonly string[]): number {
  const options = ['run', '--target', 'rubygems.org', ...args];
  console.log(`${ORIGIN.build}# mtu-probe ${options.join(' ')}\n`);
  const [file = '', ...words] = network.enter(ORIGIN.build, program('cli/main', ...options));
  return spawnSync(file, words, { stdio: 'inherit' }).status ?? 1;
}

demo(process.argv.slice(2)).then(
  // The server still runs; the kernel ends it with this process.
  (code) => process.exit(code),
  (error: unknown) => {
    if (!(error instanceof MtuProbeError)) throw error;
    console.error(error.message);
    process.exit(2);
  },
);
