/** Programs as the tests run them: to their end, with what they wrote. */

import { spawn } from 'node:child_process';

export interface Ended {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
}

/** Runs it to its end, whatever its exit code. Debian's programs come first: others of the same name may lack a part. */
export function command([file = '', ...args]: readonly string[], options: CommandOptions = {}): Promise<Ended> {
  const env = { ...process.env, PATH: `/usr/bin:/usr/sbin:${process.env['PATH'] ?? ''}`, ...options.env };
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { env, stdio: ['pipe', 'pipe', 'pipe'] });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.on('error', reject);
    child.stdin.on('error', () => {}); // who reads nothing may end before everything is written
    child.on('close', (code) => resolve({ exitCode: code ?? -1, stdout, stderr }));
    child.stdin.end(options.input ?? '');
  });
}

/** What it wrote to stdout. @throws when it fails, with what it wrote to stderr. */
export async function output(words: readonly string[], options: CommandOptions = {}): Promise<string> {
  const { exitCode, stdout, stderr } = await command(words, options);
  if (exitCode !== 0) throw new Error(`${words.join(' ')}: exit code ${exitCode}\n${stdout}${stderr}`);
  return stdout.trim();
}
