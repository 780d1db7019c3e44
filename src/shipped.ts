/**
 * What this package ships beside its modules: programs that it starts and texts that it reads. They are files beside
 * the compiled modules, or parts of the one file that the standalone executable is.
 */

import { readFileSync } from 'node:fs';
import { getAsset, isSea } from 'node:sea';
import { fileURLToPath } from 'node:url';

export type ProgramName =
  | 'cli/main'
  | 'cli/demo-scene'
  | 'lab/main'
  | 'lab/inside'
  | 'lab/relay'
  | 'lab/server'
  | 'lab/send-datagram'
  | 'net/inspection/walker'
  | 'net/namespaces/launcher'
  | 'net/namespaces/look-up'
  | 'net/namespaces/read-files'
  | 'net/route-guard';

export type TextName =
  | 'package.json'
  | 'docs/verdicts.md'
  | 'docs/glossary.md'
  | 'docs/remedies.md'
  | 'completions/mtu-probe.bash'
  | 'completions/_mtu-probe'
  | 'completions/mtu-probe.fish'
  | 'dist/dashboard/index.html'
  | 'dist/dashboard/mesh.html'
  | 'dist/dashboard/app.js'
  | 'dist/dashboard/mesh.js'
  | 'dist/dashboard/app.css';

/** Before the name of a program, as the first argument of the executable that holds it. */
export const PROGRAM_OPTION = '--program=';

/** The words that start it with this Node, or with this executable. */
export function program(name: ProgramName, ...args: readonly string[]): string[] {
  const found = isSea() ? `${PROGRAM_OPTION}${name}` : fileURLToPath(new URL(`${name}.js`, import.meta.url));
  return [process.execPath, found, ...args];
}

export function shippedText(name: TextName): string {
  return isSea() ? getAsset(name, 'utf8') : readFileSync(new URL(`../${name}`, import.meta.url), 'utf8');
}
