/** Runs what a recipe gives to a shell, inside a network of the lab, as its CI system would: with its variables only. */

import { spawn } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { COMMAND, LAB } from '../lab.ts';

export interface Step {
  readonly scenario: string;
  /** How the system starts the script: its last word is the file. */
  readonly shell: readonly string[];
  readonly script: string;
  /** `FOLDER` in a value stands for the folder of the job. */
  readonly env: Readonly<Record<string, string>>;
}

export interface StepEnd {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** What a file of the job's folder has in it; `null` without it. */
  readonly file: (name: string) => string | null;
}

/** @param look at the end, while the folder is there. */
export async function runStep<Result>(step: Step, look: (end: StepEnd) => Result): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'mpr-'));
  try {
    const programs = join(folder, 'bin');
    const script = join(folder, 'script');
    writeFileSync(script, step.script);
    putPrograms(programs);
    const given = Object.entries(step.env).map(([name, value]) => `${name}=${value.replaceAll('FOLDER', folder)}`);
    const env = [
      `PATH=${programs}:${process.env['PATH']}`,
      `HOME=${folder}`,
      `DOCKER_CALLS=${folder}/docker.log`,
      ...given,
    ];
    const inside = ['env', '-i', `--chdir=${folder}`, ...env, ...step.shell, script];
    const ended = await output([process.execPath, LAB, 'enter', step.scenario, '--', ...inside]);
    const file = (name: string): string | null =>
      existsSync(join(folder, name)) ? readFileSync(join(folder, name), 'utf8') : null;
    return look({ ...ended, file });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** On the PATH: the compiled command, and what stands for Docker. */
function putPrograms(programs: string): void {
  mkdirSync(programs);
  writeFileSync(join(programs, 'mtu-probe'), `#!/bin/sh\nexec ${process.execPath} ${COMMAND} "$@"\n`);
  copyFileSync(fileURLToPath(new URL('docker', import.meta.url)), join(programs, 'docker'));
  for (const name of ['mtu-probe', 'docker']) chmodSync(join(programs, name), 0o755);
}

function output([file = '', ...args]: readonly string[]): Promise<Omit<StepEnd, 'file'>> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    const texts = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text: string) => {
        texts[name] += text;
      });
    }
    child.on('error', reject);
    child.on('close', (exitCode) => resolve({ exitCode, ...texts }));
  });
}
