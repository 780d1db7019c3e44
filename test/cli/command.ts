/** Runs the compiled command as a shell would. */

import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const COMMAND = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

export interface Ended {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** @param onStart what is done with the process while it runs. */
export function ended(words: readonly string[], onStart: (child: ChildProcess) => void = () => {}): Promise<Ended> {
  const [file = '', ...args] = words;
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NO_COLOR: '1' } });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.on('error', reject);
    child.on('close', (exitCode) => resolve({ exitCode, stdout, stderr }));
    onStart(child);
  });
}

export function mtuProbe(...args: readonly string[]): Promise<Ended> {
  return ended([process.execPath, COMMAND, ...args]);
}
