/** Where the lab finds the programs of this package: beside itself, compiled. */

import { fileURLToPath } from 'node:url';

export type ProgramName =
  | 'cli/main'
  | 'cli/demo-scene'
  | 'lab/main'
  | 'lab/inside'
  | 'lab/relay'
  | 'lab/server'
  | 'lab/send-datagram';

/** The words that start it with this Node. */
export function program(name: ProgramName, ...args: readonly string[]): string[] {
  return [process.execPath, fileURLToPath(new URL(`../${name}.js`, import.meta.url)), ...args];
}
