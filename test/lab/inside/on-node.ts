/** Runs a shell on the node of the incident, around the container that is measured. */

import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import type { Report } from '../../../src/contract.ts';
import { COMMAND, lab } from '../lab.ts';

export const LIMIT_MS = 90_000;
export const NODE = process.execPath;
export const RUN = `${NODE} ${COMMAND} run`;
export const NAME_SERVER = fileURLToPath(new URL('name-server.mjs', import.meta.url));
export const MUTE_FILES = fileURLToPath(new URL('mute-files.mjs', import.meta.url));
export const BUILD = 'nsenter --net=/run/netns/build';
export const NO_ADMIN = 'setpriv --bounding-set -sys_admin --inh-caps -sys_admin';

/** What is left of this program, and routes of its own: nothing. */
const LEFT = `left() {
  for turn in $(seq 100); do ps -e -o args= | grep -E '^${NODE} [^ ]*/(cli/main|net/namespaces/[a-z-]+|net/route-guard)[.]js' > /run/left || break; sleep 0.1; done
  cat /run/left; ${BUILD} ip route show proto 177
}`;

/** Waits up to ten seconds for a condition; what it says while a file is not there yet is nothing to read. */
const UNTIL =
  'until_so() { for turn in $(seq 100); do eval "$1" 2> /dev/null && return; sleep 0.1; done; echo "never: $1"; exit 9; }';

/** @returns what the script writes; a line each, as it comes. */
export async function onNode(...script: readonly string[]): Promise<string> {
  const words = ['sh', '-c', [UNTIL, LEFT, ...script, 'exit 0'].join('\n')];
  const { exitCode, output } = await lab('enter', 'dind', '--host', 'k8s-worker-1', '--', ...words);
  expect(exitCode, output).toBe(0);
  return output;
}

export async function reports(...script: readonly string[]): Promise<readonly Report[]> {
  return (await onNode(...script))
    .trim()
    .split(/^(?=\{$)/m)
    .map((text) => JSON.parse(text) as Report);
}
