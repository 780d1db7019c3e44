/** This checkout, as somebody has it who worked in it for a while. */

import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ended } from '../cli/command.ts';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Copies the checkout with all that is installed and compiled in it: packing compiles anew, and other tests run what is
 * compiled here. What an older build left behind is put into it.
 */
export function copyCheckout(folder: string): void {
  const list = ['-c', 'safe.directory=*', 'ls-files', '-co', '--exclude-standard'];
  const files = execFileSync('git', list, { cwd: ROOT, encoding: 'utf8' })
    .split('\n')
    .filter((file) => file !== '' && existsSync(join(ROOT, file)));
  execFileSync('cp', ['-a', '--parents', '-t', folder, ...files, 'node_modules', 'dist'], { cwd: ROOT });
  writeFileSync(join(folder, 'dist/left-behind.js'), '');
  writeFileSync(join(folder, 'dist/cli/main.js.map'), '{}');
  writeFileSync(join(folder, 'dist/cli/version.js'), 'export const version = () => "left-behind";\n');
}

/** What `npm pack` makes there. @returns the file. @throws what npm said. */
export async function pack(checkout: string, into: string): Promise<string> {
  const { exitCode, stdout, stderr } = await ended([
    ...['env', '-C', checkout, 'npm', 'pack', '--silent', '--pack-destination', into],
  ]);
  if (exitCode !== 0) throw new Error(stderr);
  return join(into, stdout.trim());
}
