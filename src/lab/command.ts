/** Runs one program of the lab to its end. */

import { spawn } from 'node:child_process';
import { EnvironmentError } from '../errors.ts';

export interface Finished {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

const LIMIT_MS = 30_000; // the slowest takes a tenth of a second

/** Never throws for an exit code; `input` goes to the program's stdin. Killed when it takes longer than `limitMs`. */
export function complete(words: readonly string[], input = '', limitMs = LIMIT_MS): Promise<Finished> {
  const [program = '', ...args] = words;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: 'pipe', timeout: limitMs, killSignal: 'SIGKILL' });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ exitCode: code ?? -1, stdout, stderr }));
    // A program may end without having read its input; its exit code says whether that was right.
    child.stdin.on('error', () => child.stdin.destroy()).end(input);
  });
}

/** @returns stdout. @throws EnvironmentError with the program's own words when it fails. */
export async function command(words: readonly string[], input = ''): Promise<string> {
  const { exitCode, stdout, stderr } = await complete(words, input);
  if (exitCode === 0) return stdout;
  throw new EnvironmentError(`the lab could not run "${words.join(' ')}": ${stderr.trim() || `exit code ${exitCode}`}`);
}
