/** Runs the compiled lab. */

import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const LAB = fileURLToPath(new URL('../../dist/lab/main.js', import.meta.url));
export const COMMAND = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

export interface Ended {
  readonly exitCode: number;
  /** stdout and stderr as they came. */
  readonly output: string;
}

export function lab(...args: readonly string[]): Promise<Ended> {
  return ended([process.execPath, LAB, ...args]);
}

export function ended([file = '', ...args]: readonly string[]): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    }
    child.on('error', reject);
    child.on('close', (code) => resolve({ exitCode: code ?? -1, output }));
  });
}
