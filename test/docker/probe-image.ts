/**
 * The image of the real Dockerfile, on bases of this machine: its build stage runs here, line by line as it is written
 * but for npm's, and its final stage runs in the engine, which can pull nothing.
 */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { output } from './command.ts';
import type { Engine } from './engine.ts';
import { PREFIX } from './left-overs.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const [BUILD_STAGE = '', FINAL_STAGE = ''] = readFileSync(join(ROOT, 'Dockerfile'), 'utf8').split(
  /^(?=FROM \$\{BASE)/m,
);

/** The default of the Dockerfile. */
export const BASE_IMAGE = /^ARG BASE_IMAGE=(\S+)$/m.exec(BUILD_STAGE)?.[1] ?? '';

export async function buildProbeImage({ env }: Engine): Promise<void> {
  const context = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`));
  try {
    const out = join(context, 'out');
    await output(['bash', '-ec', `cd ${ROOT} && ${buildLine().replaceAll('/out', out)}`]);
    // What an archive says of capabilities survives ADD; of a folder it would not survive COPY.
    await output([
      'tar',
      '--xattrs',
      '--xattrs-include=security.*',
      '-C',
      context,
      '-cf',
      join(context, 'out.tar'),
      'out',
    ]);
    const head = `ARG BASE_IMAGE=${BASE_IMAGE}\nFROM scratch AS build\nADD out.tar /\n\n`;
    writeFileSync(join(context, 'Dockerfile'), head + FINAL_STAGE);
    writeFileSync(join(context, '.dockerignore'), 'out\n');
    await output(['docker', 'build', '--tag', 'mtu-probe', context], { env });
  } finally {
    rmSync(context, { recursive: true, force: true });
  }
}

/** The line of the build stage that makes what the final stage copies. */
function buildLine(): string {
  const line = /^RUN (scripts\/build-standalone .*)$/m.exec(BUILD_STAGE)?.[1];
  if (line === undefined)
    throw new Error('the build stage of the Dockerfile has no line "RUN scripts/build-standalone"');
  return line;
}
