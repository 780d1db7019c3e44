/** Runs one program of the lab to its end. */

import { spawn } from 'node:child_process';
import { EnvironmentError } from '../errors.ts';

export interface Finished {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Never throws for an exit code; `input` goes to the program's stdin. */
export function complete(words: readonly string[], input = ''): Promise<Finished> {
  const [program = '', ...args] = words;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: 'pipe' });
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
    child.stdin.end(input);
  });
}

/** @returns stdout. @throws EnvironmentError with the program's own words when it fails. */
export async function command(words: readonly string[], input = ''): Promise<string> {
  const { exitCode, stdout, stderr } = await complete(words, input);
  if (exitCode === 0) return stdout;
  throw new EnvironmentError(`the lab could not run "${words.join(' ')}": ${stderr.trim() || `exit code ${exitCode}`}`);
}
